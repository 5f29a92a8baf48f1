import { IconEar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { QueueMember } from '#contract/queues.ts'
import { Tone } from '../../../components/tone.tsx'

/** Which supervisor hears this member now, and how; nothing while nobody does. */
export function HeardBy({ member: { heardBy, heardAs } }: { member: QueueMember }) {
  const { t } = useTranslation()
  if (heardBy === undefined || heardAs === undefined) return null
  return (
    <div>
      <Tone tone="busy" icon={<IconEar size={14} aria-hidden />}>
        {t(`steering.heard.${heardAs}`, { name: heardBy })}
      </Tone>
    </div>
  )
}
