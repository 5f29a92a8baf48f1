import type { Instant } from '#contract/primitives.ts'
import type { FieldError } from '../../errors.ts'

const MINUTE = 60_000
/** What was received within it needs no explanation. */
const NO_REASON_MINUTES = 5
const LONGEST_AGO_DAYS = 366

/** What is wrong with an earlier moment of receipt (`process.md` #1); null when it may be. */
export function receivedFault(
  receivedAt: Instant,
  reason: string,
  now: Instant,
): FieldError | null {
  const agoMs = Date.parse(now) - Date.parse(receivedAt)
  if (agoMs < 0) {
    const message = 'must not be in the future'
    return { path: 'receivedAt', message, code: 'received_in_future' }
  }
  if (agoMs > LONGEST_AGO_DAYS * 24 * 60 * MINUTE) {
    const message = 'must not be more than a year ago'
    return { path: 'receivedAt', message, code: 'received_too_old' }
  }
  if (agoMs > NO_REASON_MINUTES * MINUTE && reason === '') {
    const message = `say why it is entered only now: it was received more than ${NO_REASON_MINUTES} minutes ago`
    return { path: 'receivedReason', message, code: 'received_reason_missing' }
  }
  return null
}
