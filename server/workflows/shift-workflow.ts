import type { Instant } from '../contract/primitives.ts'
import type { Trx } from '../db/transaction.ts'
import type { DomainFact } from '../domain-fact.ts'
import type { Notifications } from '../notifications/notifications-feature.ts'
import type { OutageFact } from '../process/casework-fact.ts'
import { helpKey, shiftAudit, type ShiftFact, shiftNotice } from '../shift/shift-fact.ts'
import type { Shift } from '../shift/shift-feature.ts'
import type { SupervisionFact } from '../wall/supervision-fact.ts'
import type { RecordAudit } from '../staff/audit/audit-service.ts'

/** What people of a shift ask of the other features. */
export interface ShiftFlowDeps {
  audit: RecordAudit
  notifications: Pick<Notifications, 'tell' | 'settle'>
  shift: {
    help: Pick<Shift['help'], 'endOfCall' | 'endOfPerson'>
    messages: Pick<Shift['messages'], 'tellLate'>
    supervisorsHere: Shift['supervisorsHere']
  }
  /** Whose extension it is, or was at that moment. */
  staffIdOf: (extension: string, at?: Instant) => string | null
}

/** All facts but those that are followed before the workflow comes to them. */
export type BesidesShift = Exclude<DomainFact, OutageFact | SupervisionFact | ShiftFact>

/** What follows from facts of a shift, and what a shift does about calls and people; all is `next`'s, too. */
export function withShift(
  deps: ShiftFlowDeps,
  next: (trx: Trx, fact: BesidesShift) => Promise<void>,
): (trx: Trx, fact: BesidesShift | ShiftFact) => Promise<void> {
  return async (trx, fact) => {
    if (isShiftFact(fact)) return follow(deps, trx, fact)
    await next(trx, fact)
    await alsoFollow(deps, trx, fact)
  }
}

const OF_A_SHIFT: Readonly<Record<ShiftFact['type'], true>> = {
  help_asked: true,
  help_taken: true,
  help_ended: true,
  message_sent: true,
  message_due: true,
  handed_over: true,
  staff_signed_in: true,
}

function isShiftFact(fact: BesidesShift | ShiftFact): fact is ShiftFact {
  return Object.hasOwn(OF_A_SHIFT, fact.type)
}

async function follow(deps: ShiftFlowDeps, trx: Trx, fact: ShiftFact): Promise<void> {
  const { audit, notifications } = deps
  switch (fact.type) {
    case 'help_asked': {
      const { helpId, name: by, ticketId } = fact
      const told = { staffIds: await deps.shift.supervisorsHere(), onceKey: helpKey(helpId) }
      await notifications.tell(trx, { kind: 'help_asked', ticketId, fields: { by }, ...told })
      return audit(trx, shiftAudit(fact))
    }
    case 'help_taken':
    case 'help_ended':
      await notifications.settle(trx, helpKey(fact.helpId))
      return audit(trx, shiftAudit(fact))
    case 'message_sent':
      await notifications.tell(trx, shiftNotice(fact))
      return audit(trx, shiftAudit(fact))
    case 'message_due':
      return notifications.tell(trx, shiftNotice(fact))
    case 'handed_over':
      return audit(trx, shiftAudit(fact))
    case 'staff_signed_in':
      return deps.shift.messages.tellLate(trx, fact.staffId)
  }
}

/** Help ends with the call on which it was asked for, and when its agent leaves. */
async function alsoFollow(deps: ShiftFlowDeps, trx: Trx, fact: BesidesShift): Promise<void> {
  const { help } = deps.shift
  if (fact.type === 'call_ended') {
    await help.endOfCall(trx, { callId: fact.callId, staffId: null })
  } else if (fact.type === 'staff_signed_out') {
    await help.endOfPerson(trx, fact.staffId)
  } else if (fact.type === 'agent_left') {
    const staffId = deps.staffIdOf(fact.extension, fact.at)
    if (staffId !== null) await help.endOfCall(trx, { callId: fact.callId, staffId })
  }
}
