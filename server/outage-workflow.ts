import { setImmediate } from 'node:timers/promises'
import type { Trx } from './db/transaction.ts'
import type { DomainFact } from './domain-fact.ts'
import type { OutageFact } from './process/casework-fact.ts'
import { type FieldError, refusalOf, requireNone } from './errors.ts'
import type { Notifications } from './notifications/notifications-feature.ts'
import type { Pops } from './pops/pops-feature.ts'
import type { Process } from './process/process-feature.ts'
import type { RecordAudit } from './staff/audit/audit-service.ts'
import type { SupervisionFact } from './wall/supervision-fact.ts'
import type { Tickets } from './tickets/tickets-feature.ts'

type LinksAsked = Extract<OutageFact, { user: unknown; ticketIds: unknown }>

/** What area outages ask of the other features. */
export interface OutageDeps {
  audit: RecordAudit
  tickets: Pick<Tickets, 'note' | 'openParent'>
  process: Pick<Process, 'step' | 'link' | 'release' | 'unlink'>
  pops: Pick<Pops, 'touchAll'>
  notifications: Pick<Notifications, 'tell'>
}

/** What follows from facts of area outages; all others are `next`'s. */
export function withOutages(
  deps: OutageDeps,
  next: (trx: Trx, fact: Exclude<DomainFact, OutageFact | SupervisionFact>) => Promise<void>,
): (trx: Trx, fact: Exclude<DomainFact, SupervisionFact>) => Promise<void> {
  const { follow } = createOutageWorkflow(deps)
  return (trx, fact) => (isOutageFact(fact) ? follow(trx, fact) : next(trx, fact))
}

/** Their names begin so. */
function isOutageFact(fact: { type: string }): fact is OutageFact {
  return fact.type.startsWith('outage_')
}

/** The workflow of area outages: their parents, links and the children that go on. */
function createOutageWorkflow(deps: OutageDeps) {
  const { audit, tickets, process, pops, notifications } = deps

  async function follow(trx: Trx, fact: OutageFact): Promise<void> {
    switch (fact.type) {
      case 'outage_declared': {
        const { ticketId, user } = fact
        await tickets.openParent(trx, fact)
        await audit(trx, auditOf(fact, user.id, 'outage.opened'))
        // Row 3: an area outage needs no guidance, NOC has it at once.
        const input = { reason: 'area_outage' }
        await process.step(trx, ticketId, { action: 'skip_guidance', input })
        return
      }
      case 'outage_told': {
        const { ticketId, actorId, message, expectedUntil } = fact
        const fields = expectedUntil === null ? {} : { expectedUntil }
        const line = { ticketId, actorId, kind: 'outage_told' as const, note: message, fields }
        await tickets.note(trx, line)
        return audit(trx, auditOf(fact, actorId, 'outage.changed'))
      }
      case 'outage_news':
        return pops.touchAll(trx)
      case 'outage_links_asked':
      case 'outage_unlinks_asked':
        return linkAll(trx, fact)
      case 'outage_offered': {
        const { staffIds, scope, name, callers, onceKey, offerId } = fact
        const fields = { scope, name, callers: String(callers), offerId }
        const kind = 'outage_offered' as const
        return notifications.tell(trx, { staffIds, kind, ticketId: null, fields, onceKey })
      }
      case 'outage_child_due': {
        const { ticketId, cancelled, restoredAt, callbackAt } = fact
        return process.release(trx, ticketId, { cancelled, restoredAt, callbackAt })
      }
      case 'outage_settings_changed': {
        const { actorId, detail } = fact
        return audit(trx, { actorId, action: 'outages.changed', subject: 'window', detail })
      }
    }
  }

  /** Throws InvalidInput (422) with every ticket of which it cannot be done: then it is of none. */
  async function linkAll(trx: Trx, fact: LinksAsked): Promise<void> {
    const { ticketIds } = fact
    const failed: FieldError[] = []
    for (const [index, ticketId] of ticketIds.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction
      const why = await linkOne(trx, ticketId, fact).then(() => null, refusalOf)
      if (why !== null) failed.push({ path: `ticketIds.${index}`, ...why })
      // oxlint-disable-next-line no-await-in-loop -- on SQLite nothing else would run until the last
      await setImmediate()
    }
    requireNone(failed, ticketIds.length)
  }

  function linkOne(trx: Trx, ticketId: string, { type, outageId, user }: LinksAsked) {
    return type === 'outage_links_asked'
      ? process.link(trx, ticketId, { outageId, user })
      : process.unlink(trx, ticketId, { outageId, actorId: user.id })
  }

  return { follow }
}

function auditOf(
  fact: { ticketId: string; message: string },
  actorId: string,
  action: 'outage.opened' | 'outage.changed',
) {
  return { actorId, action, subject: fact.ticketId, detail: { message: fact.message } }
}
