import { formatElapsed, formatLeft } from '../state/countdown.ts'
import { useServerNow } from '../ticker.ts'

/** Time running since an instant; assistive tools are not told every second. */
export function Elapsed({ since, label }: { since: string; label?: string }) {
  const now = useServerNow()
  return (
    <span className="numeric" role="timer" aria-live="off" aria-label={label}>
      {formatElapsed(since, now)}
    </span>
  )
}

/** Time left until an instant. */
export function Left({ until, label }: { until: string; label?: string }) {
  const now = useServerNow()
  return (
    <span className="numeric" role="timer" aria-live="off" aria-label={label}>
      {formatLeft(until, now)}
    </span>
  )
}
