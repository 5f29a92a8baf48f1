import { earlierOf, laterOf } from '../../time.ts'
import type { ProcessEffect } from '../effect.ts'
import { answersOnChannel, isTryOn, replyChannel, tooFewTries } from '../objections.ts'
import { type Objection, type Row, row, type Step } from '../row.ts'

const START_NOC: ProcessEffect[] = [{ type: 'start_clock', clock: 'noc' }, { type: 'tell_team' }]
/** An answer that the customer does not accept was none: the whole case runs on. */
const VOID_ANSWER: ProcessEffect[] = [
  { type: 'thaw_clocks' },
  { type: 'stop_clock', clock: 'reply' },
]

/** The answer that the input itself is evidence of; of a letter `at` is noon of its day, once there was a result. */
function givenEvidence({
  ticket,
  input,
  facts,
}: Step<'reply_result'>): Extract<ProcessEffect, { type: 'note_reply' }>[] {
  const { messageId, letterReference, letterDate } = input
  if (replyChannel(ticket) === 'email' && messageId !== undefined && messageId !== '') {
    return [{ type: 'note_reply', kind: 'mail', reference: messageId, at: facts.now }]
  }
  if (
    replyChannel(ticket) === 'letter' &&
    letterReference !== undefined &&
    letterReference !== '' &&
    letterDate !== undefined
  ) {
    const noon = laterOf(`${letterDate}T05:00:00.000Z`, ticket.resultKnownAt ?? ticket.receivedAt)
    const at = earlierOf(noon, facts.now)
    return [{ type: 'note_reply', kind: 'letter', reference: letterReference, at }]
  }
  return []
}

/** Row 22: an answer on the intake channel after the result was known, or a reason why there is none. */
function unanswered(step: Step<'reply_result'>): Objection[] {
  const { ticket, input, facts } = step
  const isShown =
    answersOnChannel(ticket, facts).length > 0 ||
    givenEvidence(step).length > 0 ||
    (input.overrideReason ?? '') !== ''
  if (isShown) return badLetterDate(step)
  const path = EVIDENCE_FIELD[replyChannel(ticket)]
  const reason = `${EVIDENCE_WORDS[replyChannel(ticket)]}; else give overrideReason`
  return [{ path, code: 'evidence_missing', reason }]
}

function badLetterDate({ ticket, input, facts }: Step<'reply_result'>): Objection[] {
  const { letterDate } = input
  if (replyChannel(ticket) !== 'letter' || letterDate === undefined) return []
  const known = facts.localDay(ticket.resultKnownAt ?? ticket.receivedAt)
  if (letterDate >= known && letterDate <= facts.localDay(facts.now)) return []
  const reason = `the letter is dated between ${known}, when the result was known, and today`
  return [{ path: 'letterDate', code: 'letterDate_out_of_range', reason }]
}

const EVIDENCE_FIELD = {
  hotline: 'overrideReason',
  email: 'messageId',
  letter: 'letterReference',
  counter: 'overrideReason',
  other: 'overrideReason',
} as const

const EVIDENCE_WORDS = {
  hotline:
    'the customer complained by telephone: no answered call with the contact number that was long enough (SHORTEST_TALK_SECONDS) is on record since the result was known',
  email: 'the customer complained by mail: give the id of the message that answered them',
  letter: 'the customer complained by letter: give the reference and the date of the answer',
  counter: 'the customer came to the counter: no answer there is on record since the result',
  other: 'no answer on the channel that the customer used is on record since the result',
} as const

/** Rows 22–27: the answer on the original channel, and what the customer says to it. */
export const ANSWER_ROWS: readonly Row[] = [
  row({
    number: 22,
    action: 'reply_result',
    from: ['customer_reply'],
    who: ['cskh'],
    when: ({ result }) => result === 'ok',
    guard: unanswered,
    to: 'confirmed',
    effects: (step) => {
      const given = givenEvidence(step)
      const at = (answersOnChannel(step.ticket, step.facts).at(-1) ?? given[0])?.at
      return [
        ...given,
        { type: 'stop_clock', clock: 'reply', ...(at === undefined ? {} : { at }) },
        { type: 'stop_clock', clock: 'overall', ...(at === undefined ? {} : { at }) },
      ]
    },
    isMain: true,
  }),
  row({
    number: 23,
    action: 'reply_result',
    from: ['customer_reply', 'confirmed'],
    who: ['cskh'],
    when: ({ result }) => result === 'nok',
    to: 'noc_queued',
    change: ({ ticket }) => ({
      loopNo: ticket.loopNo + 1,
      resultKnownAt: null,
      restoredAt: null,
      withoutConfirmation: false,
    }),
    effects: () => [...VOID_ANSWER, { type: 'start_clock', clock: 'restoration' }, ...START_NOC],
  }),
  row({
    number: 24,
    action: 'disagree',
    from: ['customer_reply', 'confirmed'],
    who: ['cskh'],
    to: 'recheck',
    change: ({ ticket }) => ({
      loopNo: ticket.loopNo + 1,
      resultKnownAt: null,
      withoutConfirmation: false,
    }),
    effects: () => [...VOID_ANSWER, { type: 'start_clock', clock: 'recheck' }],
  }),
  row({
    number: 25,
    action: 'recheck_technical',
    from: ['recheck'],
    who: ['cskh'],
    to: 'noc_queued',
    effects: () => [{ type: 'stop_clock', clock: 'recheck' }, ...START_NOC],
    isMain: true,
  }),
  row({
    number: 26,
    action: 'recheck_answer',
    from: ['recheck'],
    who: ['cskh'],
    to: 'customer_reply',
    change: ({ input, facts }) => ({ resultKnownAt: facts.now, resolution: input.summary }),
    effects: () => [
      { type: 'stop_clock', clock: 'recheck' },
      { type: 'start_clock', clock: 'reply' },
    ],
  }),
  row({
    number: 27,
    action: 'unreachable',
    from: ['customer_reply'],
    who: ['cskh'],
    possible: (ticket, facts) =>
      tooFewTries(facts, ticket.resultKnownAt ?? ticket.statusSince, isTryOn(replyChannel(ticket))),
    to: 'confirmed',
    change: () => ({ withoutConfirmation: true }),
    effects: () => [{ type: 'stop_clock', clock: 'reply' }],
  }),
]
