import type { Complainant } from '#contract/casework/process.ts'
import type { Case, CaseFacts, Evidence } from './case.ts'
import type { Objection } from './row.ts'

const DISCARD_WITHIN_MS = 24 * 3_600_000
const REOPEN_DAYS = 7
const TRIES = 3
const DAYS_OF_TRIES = 2
/** Nobody picks up a letter or a mail: without an answer it counts once a working day. */
const WRITTEN = ['email', 'letter']

export function missing(path: string, reason: string): Objection {
  return { path, code: `${path}_missing`, reason }
}

/** Objections of which the condition holds. */
export function objections(...given: (Objection | false | null)[]): Objection[] {
  return given.filter((one) => one !== false && one !== null)
}

/** Row 32: a call opened it, and not long ago. */
export function tooOldToDiscard(ticket: Case, { now }: CaseFacts): Objection | null {
  if (!ticket.openedByCall) {
    return { code: 'not_by_call', reason: 'only a ticket that a call opened can be discarded' }
  }
  const isYoung = Date.parse(now) - Date.parse(ticket.createdAt) < DISCARD_WITHIN_MS
  return isYoung ? null : { code: 'too_old', reason: 'the ticket is older than 24 hours' }
}

/** Row 29: until the end of the 7th calendar day after closing. */
export function tooLateToReopen({ closedAt }: Case, facts: CaseFacts): Objection | null {
  if (closedAt !== null && facts.now <= facts.endOfDayAfter(closedAt, REOPEN_DAYS)) return null
  return { code: 'too_late', reason: 'a ticket can be reopened for 7 days after it was closed' }
}

/** Row 28: for complaints the holder, or a representative whose paper was seen. */
export function isVerified(complainant: Complainant | null): boolean {
  if (complainant === null) return false
  const { relation, paper } = complainant
  return relation === 'holder' || (relation === 'representative' && paper !== '')
}

/** The channel on which the customer is answered: the one they used, or agreed to. */
export function replyChannel({
  channel,
  agreedChannel,
}: Pick<Case, 'channel' | 'agreedChannel'>): Case['channel'] {
  return agreedChannel ?? channel
}

/** Answers to the customer on that channel since there was something to say. */
export function answersOnChannel(
  ticket: Case,
  { evidence }: Pick<CaseFacts, 'evidence'>,
): Evidence[] {
  const { resultKnownAt } = ticket
  if (resultKnownAt === null) return []
  return evidence.filter(
    ({ kind, channel, at }) =>
      kind !== 'attempt' && channel === replyChannel(ticket) && at >= resultKnownAt,
  )
}

/**
 * Rows 27 and 38: three tries since `since` on at least two working days. A mail or a letter without
 * an answer counts once a working day.
 */
export function tooFewTries(
  facts: CaseFacts,
  since: string,
  isCounted: (one: Evidence) => boolean,
): Objection | null {
  const tries = facts.evidence.filter((one) => one.at >= since && isCounted(one))
  const days = new Set(tries.map(({ at }) => facts.localDay(at)))
  const workingDays = [...days].filter((day) => facts.isWorkingDay(`${day}T05:00:00.000Z`))
  const written = new Set(
    tries
      .filter(({ channel, at }) => WRITTEN.includes(channel) && facts.isWorkingDay(at))
      .map(({ at }) => facts.localDay(at)),
  )
  const spoken = tries.filter(({ channel }) => !WRITTEN.includes(channel))
  if (spoken.length + written.size >= TRIES && workingDays.length >= DAYS_OF_TRIES) return null
  const reason = `needs ${TRIES} tries on ${DAYS_OF_TRIES} working days: ${spoken.length + written.size} on ${workingDays.length} so far`
  return { code: 'too_few_tries', reason }
}

/** Tries by telephone and on paper alike count on the intake channel only. */
export function isTryOn(channel: Case['channel']): (one: Evidence) => boolean {
  return (one) => one.channel === channel && ['attempt', 'mail', 'letter'].includes(one.kind)
}

export const isAnyTry = ({ kind }: Evidence): boolean => kind === 'attempt'
