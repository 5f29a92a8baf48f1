import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockHour4,
  IconPlayerPause,
  IconRefresh,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import type { JobState } from '../../state/jobs.ts'

const LOOKS: Record<JobState, [ToneName, Icon]> = {
  running: ['busy', IconRefresh],
  well: ['ok', IconCircleCheck],
  failing: ['bad', IconAlertTriangle],
  stopped: ['warn', IconPlayerPause],
  not_yet: ['calm', IconClockHour4],
}

export function JobStateMark({ state }: { state: JobState }) {
  const { t } = useTranslation()
  const [tone, StateIcon] = LOOKS[state]
  return (
    <Tone tone={tone} icon={<StateIcon size={14} aria-hidden />}>
      {t(`jobState.${state}`)}
    </Tone>
  )
}
