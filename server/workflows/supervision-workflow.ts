import { alarmAudit } from '../alarms/alarm-fact.ts'
import type { Alarms } from '../alarms/alarms-feature.ts'
import type { Trx } from '../db/transaction.ts'
import type { DomainFact, LiveFact } from '../domain-fact.ts'
import type { StateFact } from '../ports.ts'
import { targetAudit } from '../queues/targets/target-fact.ts'
import type { RecordAudit } from '../staff/audit/audit-service.ts'
import type { SupervisionFact } from '../wall/supervision-fact.ts'
import type { Wall } from '../wall/wall-feature.ts'
import { wallAudit } from '../wall/wall-fact.ts'

/** What supervisors' screens and alarms ask of the other features. */
export interface SupervisionDeps {
  audit: RecordAudit
  wall: Pick<Wall, 'refresh'>
  alarms: Pick<Alarms, 'refresh'>
}

/** Everything but that, as the rest of the workflow follows it. */
export interface Unsupervised {
  onFact: (trx: Trx, fact: Exclude<DomainFact, SupervisionFact>) => Promise<void>
  onLive: (fact: Exclude<LiveFact, { type: 'board_changed' | 'alarms_changed' }>) => void
}

interface Workflow {
  onFact: StateFact
  onLive: (fact: LiveFact) => void
}

/** What follows from facts of supervision, and from the board; all others are `next`'s. */
export function withSupervision(
  { audit, wall, alarms }: SupervisionDeps,
  next: Unsupervised,
): Workflow {
  async function onFact(trx: Trx, fact: DomainFact): Promise<void> {
    if (fact.type === 'wall_device_changed') return audit(trx, wallAudit(fact))
    if (fact.type === 'target_set') return audit(trx, targetAudit(fact))
    return fact.type === 'alarm_act' ? audit(trx, alarmAudit(fact)) : next.onFact(trx, fact)
  }

  function onLive(fact: LiveFact): void {
    if (fact.type !== 'board_changed' && fact.type !== 'alarms_changed') {
      next.onLive(fact)
      return
    }
    wall.refresh()
    if (fact.type === 'board_changed') alarms.refresh()
  }

  return { onFact, onLive }
}
