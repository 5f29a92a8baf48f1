import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockHour4,
  IconPlayerPause,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import type { ClockView } from '#contract/casework/process.ts'
import { useTranslation } from '../i18n/translation.tsx'
import { clockShare, clockUrgency } from '../state/clocks.ts'
import type { ClockUrgency } from '../state/clocks.ts'
import { useCoarseNow } from '../ticker.ts'
import { remainingText } from './span-text.ts'
import { Tone } from './tone.tsx'
import type { ToneName } from './tone.tsx'
import classes from './clock-bar.module.css'

/** How each standing of a clock looks, beside its words. */
export const CLOCK_LOOK: Record<ClockUrgency, [ToneName, Icon]> = {
  calm: ['calm', IconClockHour4],
  soon: ['warn', IconClockHour4],
  late: ['bad', IconAlertTriangle],
  paused: ['busy', IconPlayerPause],
  met: ['ok', IconCircleCheck],
  missed: ['bad', IconAlertTriangle],
}

/** How much of a clock's time has run; nothing where it does not run. */
export function ClockMeter({ clock, now }: { clock: ClockView; now: number }) {
  const urgency = clockUrgency(clock, now)
  if (clock.dueAt === null || urgency === 'paused') return null
  return (
    <div className={classes.meter} aria-hidden data-urgency={urgency}>
      <span style={{ width: `${clockShare(clock, now) * 100}%` }} />
    </div>
  )
}

/** The clock of a ticket's stage in a list: what is left in colour, sign and words, and a bar. */
export function ClockBar({ clock }: { clock: ClockView | null }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  if (clock === null) return null
  const [tone, ClockIcon] = CLOCK_LOOK[clockUrgency(clock, now)]
  const text =
    clock.pausedSince !== null
      ? t('clock.paused')
      : clock.dueAt === null
        ? t('common.none')
        : remainingText(t, clock.dueAt, now)
  return (
    <div className={classes.bar}>
      <Tone tone={tone} icon={<ClockIcon size={14} aria-hidden />}>
        {text}
      </Tone>
      <ClockMeter clock={clock} now={now} />
    </div>
  )
}
