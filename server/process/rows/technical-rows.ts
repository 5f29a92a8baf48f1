import type { Case } from '../case.ts'
import type { ProcessEffect } from '../effect.ts'
import { isAnyTry, missing, objections, tooFewTries } from '../objections.ts'
import { type Objection, type Row, row, type Step } from '../row.ts'

const TELL: ProcessEffect = { type: 'tell_team' }

/** What a technician needs before driving out. */
function missingForField({ ticket, input }: Step<'need_field'>): Objection[] {
  return objections(
    (input.address ?? ticket.address ?? '') === '' &&
      missing('address', 'where the technician has to go'),
    (input.contactNumber ?? ticket.contactNumber ?? '') === '' &&
      missing('contactNumber', 'whom the technician can reach there'),
    (input.causeCode ?? ticket.causeCode) === null &&
      missing('causeCode', 'what NOC found to be the cause'),
  )
}

function toField(step: Step<'need_field'>) {
  const { ticket, input } = step
  return {
    address: input.address ?? ticket.address,
    contactNumber: input.contactNumber ?? ticket.contactNumber,
    causeCode: input.causeCode ?? ticket.causeCode,
    assigneeId: null,
  }
}

const HAND_TO_FIELD: ProcessEffect[] = [
  { type: 'stop_clock', clock: 'noc' },
  { type: 'start_clock', clock: 'field' },
  TELL,
]

/** The state that a question interrupted; rows 14 and 38 go back there. */
function remembered({ returnStatus }: Case) {
  return returnStatus ?? 'noc_queued'
}

/** Rows 10–21, 35, 38: NOC and field, and what they ask the customer. */
/** Who has what was found still broken: who had it, else who of NOC found it; nobody has to accept it. */
function whoGoesOn({ ticket, facts }: Step<'verify'>): string | null {
  return ticket.assigneeId ?? (facts.actor?.role === 'noc' ? facts.actor.id : null)
}

export const TECHNICAL_ROWS: readonly Row[] = [
  row({
    number: 10,
    action: 'accept',
    from: ['noc_queued'],
    who: ['noc'],
    to: 'noc_diagnosing',
    change: ({ input, facts }) => ({ assigneeId: input.staffId ?? facts.actor?.id ?? null }),
    isMain: true,
  }),
  row({
    number: 11,
    action: 'core_fixable',
    from: ['noc_diagnosing'],
    who: ['noc'],
    to: 'noc_core_fix',
    change: ({ input }) => ({ causeCode: input.causeCode }),
    isMain: true,
  }),
  row({
    number: 12,
    action: 'need_field',
    from: ['noc_diagnosing', 'noc_core_fix', 'noc_verifying'],
    who: ['noc'],
    guard: missingForField,
    to: 'field_queued',
    change: (step) => ({
      ...toField(step),
      ...(step.ticket.status === 'noc_verifying' ? { loopNo: step.ticket.loopNo + 1 } : {}),
    }),
    effects: ({ ticket }) =>
      ticket.status === 'noc_verifying'
        ? [{ type: 'stop_clock', clock: 'verify' }, ...HAND_TO_FIELD]
        : HAND_TO_FIELD,
  }),
  row({
    number: 13,
    action: 'need_info',
    from: [
      'noc_queued',
      'noc_diagnosing',
      'noc_core_fix',
      'noc_verifying',
      'field_queued',
      'field_working',
    ],
    who: ['owner'],
    to: 'need_customer_info',
    change: ({ ticket, input }) => ({
      returnStatus: ticket.status,
      openQuestion: input.question,
    }),
    effects: () => [{ type: 'pause_clocks', why: 'customer_info', until: null }, TELL],
  }),
  row({
    number: 14,
    action: 'info_received',
    from: ['need_customer_info'],
    who: ['cskh'],
    to: ({ ticket }) => remembered(ticket),
    change: () => ({ returnStatus: null, openQuestion: null }),
    effects: ({ ticket }) =>
      ticket.returnStatus === 'callback_due'
        ? [{ type: 'promise_callback' }]
        : [{ type: 'resume_clocks', why: 'customer_info' }, TELL],
    isMain: true,
  }),
  row({
    number: 15,
    action: 'core_done',
    from: ['noc_core_fix'],
    who: ['noc'],
    to: 'noc_verifying',
    change: ({ input }) => ({ resolution: input.note }),
    effects: () => [{ type: 'start_clock', clock: 'verify' }],
    isMain: true,
  }),
  row({
    number: 16,
    action: 'core_failed',
    from: ['noc_core_fix'],
    who: ['noc'],
    to: 'noc_diagnosing',
  }),
  row({
    number: 17,
    action: 'accept',
    from: ['field_queued'],
    who: ['field'],
    guard: ({ input, facts }) =>
      objections(
        input.staffId === undefined &&
          facts.actor?.role !== 'field' &&
          missing('staffId', 'name the technician who goes'),
      ),
    to: 'field_working',
    change: ({ input, facts }) => ({ assigneeId: input.staffId ?? facts.actor?.id ?? null }),
    isMain: true,
  }),
  row({
    number: 18,
    action: 'field_done',
    from: ['field_working'],
    who: ['field'],
    to: 'noc_verifying',
    change: ({ input, facts }) => ({
      resolution: input.conclusion,
      visitAt: null,
      assigneeId: facts.nocPerson,
    }),
    effects: () => [
      { type: 'resume_clocks', why: 'visit_postponed' },
      { type: 'stop_clock', clock: 'field' },
      { type: 'start_clock', clock: 'verify' },
      TELL,
    ],
    isMain: true,
  }),
  row({
    number: 19,
    action: 'field_failed',
    from: ['field_working'],
    who: ['field'],
    to: 'noc_diagnosing',
    change: ({ facts }) => ({ visitAt: null, assigneeId: facts.nocPerson }),
    effects: () => [
      { type: 'resume_clocks', why: 'visit_postponed' },
      { type: 'stop_clock', clock: 'field' },
      { type: 'start_clock', clock: 'noc' },
      TELL,
    ],
  }),
  row({
    number: 20,
    action: 'verify',
    from: ['noc_verifying'],
    who: ['noc'],
    when: ({ result }) => result === 'ok',
    guard: ({ ticket, input, facts }) =>
      objections(
        (input.testResult ?? '') === '' && missing('testResult', 'what the test showed'),
        input.restoredAt !== undefined &&
          (input.restoredAt > facts.now || input.restoredAt < ticket.receivedAt) && {
            path: 'restoredAt',
            code: 'restoredAt_out_of_range',
            reason: `the service came back between ${ticket.receivedAt} and now`,
          },
      ),
    to: ({ ticket }) =>
      ticket.isOutage && ticket.customerId === null ? 'confirmed' : 'customer_reply',
    change: ({ input, facts }) => ({
      restoredAt: input.restoredAt ?? facts.now,
      resultKnownAt: facts.now,
    }),
    effects: ({ ticket, input, facts }) => [
      { type: 'stop_clock', clock: 'verify' },
      { type: 'stop_clock', clock: 'noc' },
      { type: 'stop_clock', clock: 'restoration', at: input.restoredAt ?? facts.now },
      ...(ticket.isOutage && ticket.customerId === null
        ? []
        : ([{ type: 'start_clock', clock: 'reply' }] as const)),
      TELL,
    ],
    isMain: true,
  }),
  row({
    number: 21,
    action: 'verify',
    from: ['noc_verifying'],
    who: ['noc'],
    when: ({ result }) => result === 'nok',
    to: 'noc_diagnosing',
    change: (step) => ({ loopNo: step.ticket.loopNo + 1, assigneeId: whoGoesOn(step) }),
    effects: (step) => [
      { type: 'stop_clock', clock: 'verify' },
      ...(step.facts.nocClockRuns ? [] : ([{ type: 'start_clock', clock: 'noc' }] as const)),
      // Nobody's in the queue: its lead has to give it to somebody.
      ...(whoGoesOn(step) === step.facts.actor?.id ? [] : [TELL]),
    ],
  }),
  row({
    number: 35,
    action: 'postpone_visit',
    from: ['field_queued', 'field_working'],
    who: ['field', 'cskh'],
    guard: ({ input, facts }) =>
      objections(
        input.visitAt <= facts.now && {
          path: 'visitAt',
          code: 'visitAt_past',
          reason: 'the hour the customer asked for is still to come',
        },
      ),
    to: null,
    change: ({ input }) => ({ visitAt: input.visitAt }),
    effects: ({ input }) => [
      { type: 'resume_clocks', why: 'visit_postponed' },
      { type: 'pause_clocks', why: 'visit_postponed', until: input.visitAt },
    ],
  }),
  row({
    number: 38,
    action: 'info_unavailable',
    from: ['need_customer_info'],
    who: ['cskh'],
    possible: (ticket, facts) =>
      tooFewTries(
        facts,
        // Three unanswered callbacks brought it here: they are part of these tries.
        ticket.returnStatus === 'callback_due' ? ticket.receivedAt : ticket.statusSince,
        isAnyTry,
      ),
    to: ({ ticket }) => (ticket.returnStatus === 'callback_due' ? 'confirmed' : remembered(ticket)),
    change: ({ ticket, facts }) => ({
      returnStatus: null,
      openQuestion: null,
      ...(ticket.returnStatus === 'callback_due'
        ? { withoutConfirmation: true, resultKnownAt: facts.now }
        : {}),
    }),
    effects: ({ ticket }) =>
      ticket.returnStatus === 'callback_due'
        ? []
        : [{ type: 'resume_clocks', why: 'customer_info' }, TELL],
  }),
]
