import type { AttemptWord } from '#contract/callbacks.ts'
import type { ProcessAction } from '#contract/casework/process.ts'
import type { TicketStatus } from '#contract/tickets.ts'

/** What a customer who was called back says of the matter. */
export interface Said {
  result: 'ok' | 'nok'
  /** What the step asks for, where it asks. */
  note: string
}

interface SaidStep {
  action: ProcessAction
  input: Record<string, unknown>
}

type Steps = Partial<Record<Said['result'], (note: string) => SaidStep>>

/** Row 31: solved in the very call that told us of it. */
const ON_CALL: Steps = {
  ok: (resolution) => ({
    action: 'resolved_on_call',
    input: { resolution, customerConfirmed: true },
  }),
}
/** Row 23. */
const STILL_BROKEN: Steps = {
  nok: (note) => ({ action: 'reply_result', input: { result: 'nok', note } }),
}

/** Which step of the table the customer's word is, by the state of the ticket. */
const STEPS: Partial<Record<TicketStatus, Steps>> = {
  new: ON_CALL,
  guiding: ON_CALL,
  // Rows 6 and 7.
  callback_due: {
    ok: (note) => ({ action: 'callback_result', input: { result: 'ok', note } }),
    nok: (note) => ({ action: 'callback_result', input: { result: 'nok', note } }),
  },
  // Row 22: a note is asked for only where the call is no evidence of the answer.
  customer_reply: {
    ok: (overrideReason) => ({ action: 'reply_result', input: { result: 'ok', overrideReason } }),
    ...STILL_BROKEN,
  },
  confirmed: STILL_BROKEN,
}

/** The step of the table; null where the word moves no ticket of this state. */
export function stepOfSaid(status: TicketStatus, { result, note }: Said): SaidStep | null {
  return STEPS[status]?.[result]?.(note) ?? null
}

/**
 * What can be said of an attempt while its ticket is so. Where the customer's word leads to one step
 * only, `reached` stands for the other: the ticket goes on as it is.
 */
export function wordsOf(status: TicketStatus): AttemptWord[] {
  const steps = STEPS[status] ?? {}
  const words: AttemptWord[] = []
  if (steps.ok !== undefined) words.push('solved')
  if (steps.ok === undefined || steps.nok === undefined) words.push('reached')
  if (steps.nok !== undefined) words.push('unsolved')
  return [...words, 'not_reached']
}
