import { plusMs } from '../../time.ts'
import type { Case, CaseFacts } from '../case.ts'
import type { ProcessEffect } from '../effect.ts'
import type { ActionInput } from '../inputs.ts'
import { missing, objections, tooOldToDiscard } from '../objections.ts'
import { type Objection, type Row, row, type Step } from '../row.ts'
import { skipReasonsFor } from './skip-reasons.ts'
import { isAskedOnly, maySolveOnCall } from './solved-on-call.ts'

const TO_NOC: ProcessEffect[] = [{ type: 'start_clock', clock: 'noc' }, { type: 'tell_team' }]
const PROMISE: ProcessEffect[] = [{ type: 'promise_callback' }]
/** Row 8: how long after the end of one try the next is due. */
const RETRY_MINUTES = [15, 60]
const MINUTE_MS = 60_000

const WRITTEN_CHANNELS = ['email', 'letter', 'other']

function isTicked({ input, facts }: Step<'save_guidance'>): Objection[] {
  const { steps } = input
  const ticked =
    steps === undefined
      ? facts.steps.ticked
      : Object.values(steps).filter(({ answer }) => answer !== 'skipped').length
  return objections(ticked === 0 && missing('steps', 'tick at least one step of the checklist'))
}

function saved({ input }: Step<'save_guidance'>): ProcessEffect[] {
  const { steps, fields, result } = input
  return [{ type: 'save_answers', steps, fields, result }]
}

function unfitReason({ ticket, input }: Step<'skip_guidance'>): Objection[] {
  const possible = skipReasonsFor(ticket)
  if (possible.includes(input.reason)) return []
  const about = `a ticket about ${ticket.category ?? 'nothing yet'} by ${ticket.channel}`
  const reason = `${input.reason} does not fit ${about}; possible: ${possible.join(', ')}`
  return [{ path: 'reason', code: 'reason_unfit', reason }]
}

/** How many tries of this promise went unanswered before this one. */
function triesBefore({ statusSince }: Case, { evidence }: CaseFacts): number {
  return evidence.filter(({ kind, at }) => kind === 'attempt' && at >= statusSince).length
}

function isThird(_input: ActionInput<'callback_no_answer'>, ticket: Case, facts: CaseFacts) {
  return triesBefore(ticket, facts) >= RETRY_MINUTES.length
}

function nextTry({ ticket, facts }: Step<'callback_no_answer'>): ProcessEffect[] {
  const minutes = RETRY_MINUTES[triesBefore(ticket, facts)] ?? 0
  return [
    { type: 'note_attempt' },
    { type: 'retry_promise', dueAt: plusMs(facts.now, minutes * MINUTE_MS) },
  ]
}

/** Rows 2–9, 31, 32, 34: the first answer to the customer, and the callback of step 1. */
export const INTAKE_ROWS: readonly Row[] = [
  row({
    number: 2,
    action: 'start_guidance',
    from: ['new'],
    who: ['cskh'],
    guard: ({ ticket, input }) =>
      objections(
        ticket.customerId === null &&
          ticket.complainant === null &&
          input.identityUnknown !== true &&
          missing('identityUnknown', 'say who the customer is, or that it is not known'),
        (input.category ?? ticket.category) === null &&
          missing('category', 'choose what is wrong: the checklist follows from it'),
      ),
    to: 'guiding',
    change: ({ ticket, input }) => ({
      category: input.category ?? ticket.category,
      complainant:
        ticket.complainant ??
        (ticket.customerId === null ? { relation: 'unknown', name: '', paper: '' } : null),
    }),
    effects: ({ ticket, input }) => [
      { type: 'begin_guidance', category: input.category ?? ticket.category ?? '' },
    ],
    isMain: true,
  }),
  row({
    number: 3,
    action: 'skip_guidance',
    from: ['new'],
    who: ['cskh'],
    choices: (ticket) => ({ reason: skipReasonsFor(ticket) }),
    guard: unfitReason,
    to: 'noc_queued',
    effects: () => TO_NOC,
  }),
  row({
    number: 4,
    action: 'save_guidance',
    from: ['guiding'],
    who: ['cskh'],
    when: ({ result }) => result !== 'nok',
    guard: isTicked,
    to: 'callback_due',
    effects: (step) => [...saved(step), ...PROMISE],
    isMain: true,
  }),
  row({
    number: 5,
    action: 'save_guidance',
    from: ['guiding'],
    who: ['cskh'],
    when: ({ result }) => result === 'nok',
    guard: isTicked,
    to: 'noc_queued',
    effects: (step) => [...saved(step), ...TO_NOC, ...(step.input.promise === true ? PROMISE : [])],
  }),
  row({
    number: 6,
    action: 'callback_result',
    from: ['callback_due'],
    who: ['cskh'],
    when: ({ result }) => result === 'ok',
    guard: ({ input, facts }) =>
      objections(
        !facts.spokeSincePromise &&
          (input.note ?? '') === '' &&
          missing('note', 'no call with the customer is on record: write how they confirmed'),
      ),
    to: 'confirmed',
    change: ({ facts }) => ({ resultKnownAt: facts.now }),
    effects: () => [
      { type: 'supersede_promises' },
      { type: 'stop_clock', clock: 'promise' },
      { type: 'stop_clock', clock: 'restoration' },
      { type: 'stop_clock', clock: 'overall' },
    ],
    isMain: true,
  }),
  row({
    number: 7,
    action: 'callback_result',
    from: ['callback_due'],
    who: ['cskh'],
    when: ({ result }) => result === 'nok',
    to: 'noc_queued',
    effects: () => [
      { type: 'supersede_promises' },
      { type: 'stop_clock', clock: 'promise' },
      ...TO_NOC,
    ],
  }),
  row({
    number: 8,
    action: 'callback_no_answer',
    from: ['callback_due'],
    who: ['cskh'],
    when: (input, ticket, facts) => !isThird(input, ticket, facts),
    to: null,
    effects: nextTry,
  }),
  row({
    number: 9,
    action: 'callback_no_answer',
    from: ['callback_due'],
    who: ['cskh'],
    when: isThird,
    to: ({ facts }) => (facts.steps.lastIsNok ? 'noc_queued' : 'need_customer_info'),
    change: ({ facts }) => (facts.steps.lastIsNok ? {} : { returnStatus: 'callback_due' }),
    effects: ({ facts }) => [
      { type: 'note_attempt' },
      { type: 'cancel_promises', reason: 'not_reached' },
      { type: 'stop_clock', clock: 'promise' },
      ...(facts.steps.lastIsNok ? TO_NOC : ([{ type: 'tell_team' }] as const)),
    ],
  }),
  row({
    number: 31,
    action: 'resolved_on_call',
    from: ['new', 'guiding'],
    who: ['cskh'],
    possible: (ticket, { mayResolveOnCall }) =>
      maySolveOnCall(ticket.kind, mayResolveOnCall)
        ? null
        : {
            code: 'callback_confirms',
            reason: 'every fault is confirmed by a callback (FAULTS_SOLVED_ON_CALL)',
          },
    guard: ({ ticket, input }) =>
      objections(
        !isAskedOnly(ticket.kind) &&
          input.customerConfirmed !== true &&
          missing(
            'customerConfirmed',
            'a fault is only resolved when the customer confirmed it during the call',
          ),
      ),
    to: 'confirmed',
    change: ({ input, facts, ticket }) => ({
      resultKnownAt: facts.now,
      resolution: input.resolution,
      resolutionCode: input.resolutionCode ?? ticket.resolutionCode,
      causeCode: input.causeCode ?? ticket.causeCode,
    }),
    effects: () => [
      { type: 'supersede_promises' },
      { type: 'stop_clock', clock: 'promise' },
      { type: 'stop_clock', clock: 'restoration' },
      { type: 'stop_clock', clock: 'overall' },
    ],
  }),
  row({
    number: 32,
    action: 'discard',
    from: ['new'],
    who: ['cskh'],
    possible: tooOldToDiscard,
    to: 'cancelled',
    effects: ({ input }) => [
      { type: 'cancel_promises', reason: input.reason },
      { type: 'freeze_clocks' },
    ],
  }),
  row({
    number: 34,
    action: 'answer_directly',
    from: ['new', 'guiding'],
    who: ['cskh'],
    possible: ({ kind, channel }, { answeredByReception }) =>
      answeredByReception ||
      (['request', 'info'].includes(kind) && WRITTEN_CHANNELS.includes(channel))
        ? null
        : {
            code: 'needs_noc',
            reason:
              'only what reception answers itself (billing, attitude), or a request or information by a written channel',
          },
    to: 'customer_reply',
    change: ({ input, facts }) => ({ resultKnownAt: facts.now, resolution: input.summary }),
    effects: () => [
      { type: 'supersede_promises' },
      { type: 'stop_clock', clock: 'promise' },
      { type: 'start_clock', clock: 'reply' },
    ],
  }),
]
