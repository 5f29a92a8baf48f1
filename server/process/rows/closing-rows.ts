import type { Case, CaseFacts } from '../case.ts'
import type { ProcessEffect } from '../effect.ts'
import { isVerified, missing, objections, tooLateToReopen } from '../objections.ts'
import { OPEN_STATUSES as ANY_OPEN } from '../../tickets/ticket.ts'
import { type Objection, type Row, row, type Step } from '../row.ts'

function missingToClose({ ticket, input, facts }: Step<'close'>): Objection[] {
  const isFault = ['incident', 'complaint'].includes(ticket.kind)
  const mayOverride = facts.actor?.leads.includes('cskh') === true
  const isOverridden = mayOverride && (input.overrideReason ?? '') !== ''
  return objections(
    (input.resolutionCode ?? ticket.resolutionCode) === null &&
      missing('resolutionCode', 'how it was settled'),
    (input.resolution ?? ticket.resolution ?? '') === '' &&
      missing('resolution', 'what was done, in words (phương cách xử lý)'),
    isFault &&
      (input.causeCode ?? ticket.causeCode) === null &&
      missing('causeCode', 'what the cause was'),
    ticket.kind === 'complaint' &&
      !isVerified(ticket.complainant) &&
      !isOverridden &&
      missing(
        'complainant',
        'a complaint is closed with its holder, or a representative whose paper was seen; a lead may override with a reason',
      ),
  )
}

/** Parents of an outage let their children go. */
function released({ ticket }: Step, cancelled: boolean): ProcessEffect[] {
  return ticket.isOutage ? [{ type: 'release_children', cancelled }] : []
}

function noTarget(path: string, facts: CaseFacts): Objection | false {
  return (
    facts.target === null && { path, code: 'no_such_ticket', reason: 'there is no such ticket' }
  )
}

function isItself(path: string, ticket: Case, facts: CaseFacts): Objection | false {
  return (
    facts.target?.id === ticket.id && { path, code: 'itself', reason: 'that is this ticket itself' }
  )
}

/** Rows 28–30, 33, 36, 37: the end, the way back, and what joins tickets. */
export const CLOSING_ROWS: readonly Row[] = [
  row({
    number: 28,
    action: 'close',
    from: ['confirmed'],
    who: ['cskh'],
    guard: missingToClose,
    to: 'closed',
    change: ({ ticket, input, facts }) => ({
      closedAt: facts.now,
      resolutionCode: input.resolutionCode ?? ticket.resolutionCode,
      resolution: input.resolution ?? ticket.resolution,
      causeCode: input.causeCode ?? ticket.causeCode,
    }),
    effects: (step) => [
      { type: 'cancel_promises', reason: 'ticket_closed' },
      { type: 'freeze_clocks' },
      ...released(step, false),
    ],
    isMain: true,
  }),
  row({
    number: 29,
    action: 'reopen',
    from: ['closed'],
    who: ['cskh'],
    possible: tooLateToReopen,
    to: 'recheck',
    change: ({ ticket }) => ({
      loopNo: ticket.loopNo + 1,
      closedAt: null,
      resultKnownAt: null,
      withoutConfirmation: false,
    }),
    effects: () => [{ type: 'thaw_clocks' }, { type: 'start_clock', clock: 'recheck' }],
    isMain: true,
  }),
  row({
    number: 30,
    action: 'cancel',
    from: ANY_OPEN,
    who: ['lead'],
    guard: ({ ticket, input, facts }) =>
      objections(
        input.reason === 'duplicate' &&
          (input.duplicateOf === undefined
            ? missing('duplicateOf', 'name the ticket that it doubles')
            : noTarget('duplicateOf', facts) || isItself('duplicateOf', ticket, facts)),
        input.reason === 'other' && (input.note ?? '') === '' && missing('note', 'write why'),
      ),
    to: 'cancelled',
    effects: (step) => [
      { type: 'cancel_promises', reason: step.input.reason },
      { type: 'freeze_clocks' },
      ...released(step, true),
    ],
  }),
  row({
    number: 33,
    action: 'link_outage',
    from: ANY_OPEN,
    who: ['cskh', 'noc'],
    possible: ({ isOutage }) =>
      isOutage ? { code: 'is_outage', reason: 'an outage is no part of another one' } : null,
    guard: ({ ticket, facts }) =>
      objections(
        noTarget('outageId', facts) || isItself('outageId', ticket, facts),
        facts.target !== null &&
          !facts.target.isOpenOutage && {
            path: 'outageId',
            code: 'no_open_outage',
            reason: 'that ticket is no open area outage',
          },
      ),
    to: null,
    change: ({ input }) => ({ parentOutageId: input.outageId }),
    effects: () => [
      { type: 'resume_clocks', why: 'outage' },
      { type: 'pause_clocks', why: 'outage', until: null },
    ],
  }),
  row({
    number: 36,
    action: 'merge',
    from: ANY_OPEN,
    who: ['cskh'],
    guard: ({ ticket, facts: { target } }) =>
      objections(
        target === null && {
          path: 'into',
          code: 'no_such_ticket',
          reason: 'there is no such ticket',
        },
        target?.id === ticket.id && {
          path: 'into',
          code: 'itself',
          reason: 'a ticket cannot be merged into itself',
        },
        target !== null &&
          target.mergedInto !== null && {
            path: 'into',
            code: 'target_merged',
            reason: 'that ticket is merged itself: that would go in a circle',
          },
        target !== null &&
          !target.isOpen && {
            path: 'into',
            code: 'target_closed',
            reason: 'that ticket is over: reopen it first',
          },
      ),
    to: null,
    change: ({ input }) => ({ mergedInto: input.into }),
    effects: ({ input }) => [{ type: 'merge', into: input.into }],
  }),
  row({
    number: 37,
    action: 'unmerge',
    from: ANY_OPEN,
    who: ['cskh'],
    possible: (_ticket, { unmergeBlocked }) =>
      unmergeBlocked === null ? null : { code: 'moved_on', reason: unmergeBlocked },
    to: null,
    change: () => ({ mergedInto: null }),
    effects: () => [{ type: 'unmerge' }],
  }),
]
