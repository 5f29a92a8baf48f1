import {
  IconCircleCheck,
  IconClockHour4,
  IconCoffee,
  IconPhone,
  IconPhoneCall,
  IconPlugOff,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import type { MemberState, QueueMember } from '#contract/queues.ts'
import { Tone } from '../../../components/tone.tsx'
import type { ToneName } from '../../../components/tone.tsx'
import { hasText } from '../../../i18n/known-text.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { vi } from '../../../i18n/vi.ts'
import classes from './lists.module.css'

const LOOK: Record<MemberState, [ToneName, Icon]> = {
  ready: ['ok', IconCircleCheck],
  ringing: ['busy', IconPhoneCall],
  in_call: ['busy', IconPhone],
  wrap_up: ['warn', IconClockHour4],
  paused: ['warn', IconCoffee],
  unavailable: ['bad', IconPlugOff],
}

export function MemberStateTone({ state }: { state: MemberState }) {
  const { t } = useTranslation()
  const [tone, StateIcon] = LOOK[state]
  return (
    <Tone tone={tone} icon={<StateIcon size={12} aria-hidden />}>
      {t(`memberState.${state}`)}
    </Tone>
  )
}

/** Why they are paused, and by whom when it was not themselves. */
export function PauseWords({ member }: { member: QueueMember }) {
  const { t } = useTranslation()
  const { pauseReason: reason, pausedBy } = member
  const why = reason && hasText(vi.pause, reason) ? t(`pause.${reason}`) : reason
  const by = pausedBy === undefined ? null : t('board.by', { name: pausedBy })
  const words = [why, by].filter((part) => part !== null && part !== '').join(', ')
  return words === '' ? null : (
    <span className={`${classes.dim} ${classes.name}`} title={words}>
      {words}
    </span>
  )
}
