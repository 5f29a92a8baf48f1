import { VisuallyHidden } from '@mantine/core'
import { IconEar, IconMessage2, IconUsers } from '@tabler/icons-react'
import type { QueueMember } from '#contract/queues.ts'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import classes from './heard-by.module.css'

const ICON = { listen: IconEar, whisper: IconMessage2, barge: IconUsers }

/** Which supervisor hears this member now, and how, by a sign and the name; nothing while nobody does. */
export function HeardBy({ member: { heardBy, heardAs } }: { member: QueueMember }) {
  const { t } = useTranslation()
  if (heardBy === undefined || heardAs === undefined) return null
  const text = t(`steering.heard.${heardAs}`, { name: heardBy })
  const Icon = ICON[heardAs]
  return (
    <span className={classes.heard} data-yields title={text}>
      <Tone tone="busy" icon={<Icon size={14} aria-hidden />}>
        <span className={classes.name} aria-hidden>
          {heardBy}
        </span>
        <VisuallyHidden>{text}</VisuallyHidden>
      </Tone>
    </span>
  )
}
