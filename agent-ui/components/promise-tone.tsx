import { IconAlertTriangle, IconClock, IconPhoneOutgoing } from '@tabler/icons-react'
import type { CallbackView } from '#contract/callbacks.ts'
import { useTranslation } from '../i18n/translation.tsx'
import { formatSpan, promiseUrgency } from '../state/countdown.ts'
import type { PromiseUrgency } from '../state/countdown.ts'
import { useServerNow } from '../ticker.ts'
import { Tone } from './tone.tsx'
import type { ToneName } from './tone.tsx'

const TONES: Record<PromiseUrgency, ToneName> = {
  later: 'calm',
  soon: 'warn',
  due: 'bad',
  overdue: 'bad',
  placed: 'busy',
  dialing: 'busy',
  talking: 'busy',
  failed: 'bad',
}

/** How an open promise stands, with the time that is left or that it is late. */
export function PromiseTone({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const urgency = promiseUrgency(promise, now)
  return (
    <Tone tone={TONES[urgency]} icon={<UrgencyIcon urgency={urgency} />}>
      <span className="numeric">
        {t(`promises.${urgency}`, { time: formatSpan(Date.parse(promise.dueAt) - now) })}
      </span>
    </Tone>
  )
}

function UrgencyIcon({ urgency }: { urgency: PromiseUrgency }) {
  if (urgency === 'dialing' || urgency === 'talking')
    return <IconPhoneOutgoing size={14} aria-hidden />
  return urgency === 'overdue' || urgency === 'failed' ? (
    <IconAlertTriangle size={14} aria-hidden />
  ) : (
    <IconClock size={14} aria-hidden />
  )
}
