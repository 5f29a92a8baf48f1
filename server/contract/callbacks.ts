import { z } from 'zod'
import { phoneNumber } from './customers.ts'
import {
  id,
  instant,
  instantInput,
  localDate,
  localDateInput,
  pageQuery,
  revision,
  team,
  words,
} from './primitives.ts'

/** scheduled → dialing → done | failed; cancelled from scheduled. `failed` needs a person. */
export const callbackStatus = z.enum(['scheduled', 'dialing', 'done', 'failed', 'cancelled'])
export type CallbackStatus = z.infer<typeof callbackStatus>

/** How one attempt ended, decided from Hangup cause, DialEnd and the PBX journal. */
export const attemptOutcome = z.enum([
  'reached',
  'busy',
  'no_answer',
  'rejected',
  'bad_number',
  'agent_no_answer',
  'trunk_fault',
  'not_placed',
  'abandoned_by_agent',
  /** The agent's phone was answered and nobody confirmed: a voicemail, perhaps. The customer was not dialled. */
  'not_confirmed',
  /** The agent's phone sent the call on (302): nobody but that phone may dial the customer. */
  'forwarded',
  /** A colleague took the agent's ringing phone over (*8): the customer was not dialled. */
  'picked_up',
  /** The PBX had the order too late: the customer was not dialled. */
  'expired',
  /** The caller kept a place in a queue, and no agent came before it was lost. Nobody was called. */
  'place_lost',
  /** The customer was rung first, answered, and did not press 1: a voicemail, or no wish to talk. */
  'not_accepted',
  /** The customer was rung first, pressed 1 and waited, and no agent came before the call was over. */
  'left_waiting',
  /** The PBX crashed during the attempt. */
  'pbx_lost',
])
export type AttemptOutcome = z.infer<typeof attemptOutcome>

export const attemptStage = z.enum([
  'submitted',
  /** The caller keeps a place in a queue, and nobody has answered for it yet. */
  'in_queue',
  'agent_ringing',
  'agent_answered',
  /** The agent has answered and must say that the customer may be dialled. */
  'confirming',
  'customer_ringing',
  /** The customer was rung first, has answered and is asked to press 1. */
  'consenting',
  /** Has pressed 1, and waits in a queue for an agent. */
  'customer_waiting',
  'talking',
  'ended',
  'unknown',
])
export type AttemptStage = z.infer<typeof attemptStage>

/**
 * What keeps a due promise waiting: its agent, every PBX, a customer who is on the line or being
 * called back already, the hours in which customers are called, or a dialplan that is too old to dial safely.
 */
export const waitingFor = z.enum(['agent', 'pbx', 'customer', 'hours', 'dialplan'])
export type WaitingFor = z.infer<typeof waitingFor>

/** Why the customer was promised a call. */
export const promiseReason = z.enum([
  /** What came of the guidance is checked (process row 4). */
  'guidance',
  /** The result is answered. */
  'result',
  /** Nobody answered the caller. */
  'missed',
  /** The caller chose a callback instead of waiting. */
  'asked',
])
export type PromiseReason = z.infer<typeof promiseReason>

/** What became of a promise, as `process.md` §5 defines it. */
export const promiseVerdict = z.enum(['kept', 'late', 'broken', 'superseded', 'cancelled'])
export type PromiseVerdict = z.infer<typeof promiseVerdict>

export const callbackAttempt = z.object({
  id,
  channelId: z.string(),
  /** Empty while no agent is there yet: of a place in a queue, or of a customer who is rung first. */
  extension: z.string(),
  stage: attemptStage,
  outcome: attemptOutcome.nullable(),
  hangupCause: z.number().int().nullable(),
  submittedAt: instant,
  endedAt: instant.nullable(),
  /** A person said how it ended, whatever the PBX had said. */
  isCorrected: z.boolean(),
  /** Who that was. */
  saidBy: z.string().nullable(),
  /** How long the customer was on the line; null: nobody answered, or it is not known. */
  talkSeconds: z.number().int().nullable(),
})

/**
 * What whoever called says of an attempt, by one key. `solved` and `unsolved`: the customer was reached,
 * and says so of the matter, which is a step of the ticket; `reached`: nothing more follows from it.
 */
export const attemptWord = z.enum(['solved', 'unsolved', 'reached', 'not_reached'])
export type AttemptWord = z.infer<typeof attemptWord>

export const callbackView = z.object({
  id,
  /** Null: the caller was missed, and nobody has talked to them yet. */
  ticket: z.object({ id, code: z.string(), subject: z.string() }).nullable(),
  customerName: z.string().nullable(),
  number: phoneNumber,
  dueAt: instant,
  status: callbackStatus,
  note: z.string(),
  /** Null: whoever of the team is free. */
  assignee: z.object({ id, displayName: z.string() }).nullable(),
  team,
  reason: promiseReason,
  /** The moment that was promised; retries move `dueAt` alone. */
  promisedFor: instant,
  /** The customer chose this moment: calling hours do not bind it. */
  agreed: z.boolean(),
  firstAttemptAt: instant.nullable(),
  /** Null until it is known, and for promises of releases that kept no ledger. */
  verdict: promiseVerdict.nullable(),
  createdAt: instant,
  /** Who made it; may change it as its owner may, whoever keeps it now. Null: a rule made it. */
  createdBy: id.nullable(),
  /** Why the promise is not being dialled right now, when it is due; null when nothing is wrong. */
  waitingFor: waitingFor.nullable(),
  attempts: z.array(callbackAttempt),
  /** Whose word the last attempt waits for, and which words its ticket knows now. */
  awaits: z.object({ staffId: id, words: z.array(attemptWord) }).nullable(),
  version: revision,
})
export type CallbackView = z.infer<typeof callbackView>

const numberText = z.string().trim().min(1).max(60)
/** Another number of the customer, when the promised one is nobody's. */
export const otherNumber = z.object({ number: numberText })

export const callbackPromise = z
  .object({
    inMinutes: z
      .number()
      .int()
      .min(0)
      .max(7 * 24 * 60)
      .optional(),
    dueAt: instantInput.optional(),
    /** The customer chose this moment: the hours in which customers are called do not move it. */
    agreed: z.boolean().optional(),
    number: numberText.optional(),
    note: words().max(500).default(''),
  })
  .refine((promise) => promise.inMinutes === undefined || promise.dueAt === undefined, {
    error: 'give inMinutes or dueAt, not both',
    path: ['dueAt'],
  })
export type CallbackPromise = z.infer<typeof callbackPromise>

/** Whose promises: agents see their own, and with `team` those of a team that they are in. */
const whose = z.object({
  mine: z.enum(['0', '1']).optional(),
  team: team.optional(),
  /** Who keeps them. */
  agent: id.optional(),
})
export type PromiseWhose = z.infer<typeof whose>

/**
 * What a supervisor looks for among open promises. `at_risk`: due within ten minutes while nobody is
 * there to keep it, or overdue; `late`: nobody tried when it was promised, and nobody has reached the
 * customer since; `failed`: a person has to decide.
 */
export const promiseConcern = z.enum(['open', 'at_risk', 'late', 'failed'])
export type PromiseConcern = z.infer<typeof promiseConcern>

export const callbackQuery = pageQuery
  .extend({
    status: callbackStatus.or(z.literal('open')).optional(),
    state: promiseConcern.optional(),
    /** Days in Vietnam on which they are due, both included. */
    from: localDateInput.optional(),
    to: localDateInput.optional(),
    ...whose.shape,
  })
  .refine(({ status, state }) => status === undefined || state === undefined, {
    error: 'give status or state, not both',
    path: ['state'],
  })
export type CallbackQuery = z.infer<typeof callbackQuery>

/** How many open promises of each concern there are. */
export const promiseCountsQuery = whose
export const promiseCounts = z.object({
  open: z.number().int(),
  atRisk: z.number().int(),
  late: z.number().int(),
  failed: z.number().int(),
})
export type PromiseCounts = z.infer<typeof promiseCounts>

/** Of promises by the day in Vietnam for which they were promised, both days included. */
export const promiseFiguresQuery = whose.extend({
  from: localDateInput,
  to: localDateInput,
  by: z.enum(['agent', 'team', 'day']),
})
export type PromiseFiguresQuery = z.infer<typeof promiseFiguresQuery>

const verdictCounts = z.object({
  kept: z.number().int(),
  late: z.number().int(),
  broken: z.number().int(),
  /** Not counted. */
  superseded: z.number().int(),
  /** Not counted. */
  cancelled: z.number().int(),
  /** Of those that are counted, in percent with one decimal; null when none is. */
  keptPercent: z.number().nullable(),
})
export type VerdictCounts = z.infer<typeof verdictCounts>

/** A person's id (null: nobody's), a team, or a day, as was asked for. */
export const promiseFigures = z.object({
  items: z.array(
    verdictCounts.extend({
      agent: z.object({ id, displayName: z.string() }).nullable(),
      team: team.nullable(),
      day: localDate.nullable(),
    }),
  ),
  total: verdictCounts,
})
export type PromiseFigures = z.infer<typeof promiseFigures>
export type PromiseFigure = PromiseFigures['items'][number]

export const callbackReschedule = z.object({
  version: revision,
  dueAt: instantInput,
  /** As in a new promise. */
  agreed: z.boolean().optional(),
})
export type CallbackReschedule = z.infer<typeof callbackReschedule>
/** To whom a promise is given. */
export const callbackAssign = z.object({ version: revision, staffId: id })
/** Promises that their owner leaves to the team, all or none. */
export const callbackHandOver = z.object({ ids: z.array(id).min(1).max(200) })
/**
 * How the last attempt really went: `reached` keeps the promise, everything else is tried again by the
 * retry plan. `result`: what the customer said of the matter, which is the step of the ticket that its
 * state knows; `note` then is what that step asks for, where it asks.
 */
export const callbackOutcome = z
  .object({
    version: revision,
    outcome: z.enum(['reached', 'busy', 'no_answer', 'rejected', 'bad_number']),
    result: z.enum(['ok', 'nok']).optional(),
    note: words().max(500).default(''),
  })
  .refine(({ outcome, result }) => result === undefined || outcome === 'reached', {
    error: 'only a customer who was reached says whether it is solved',
    path: ['result'],
  })
export type CallbackOutcome = z.infer<typeof callbackOutcome>
export const callbackCancel = z.object({ reason: words().min(1).max(300) })
