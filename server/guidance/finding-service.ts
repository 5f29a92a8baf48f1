import type { GuidanceFinding } from '#contract/casework/guidance.ts'
import type { TicketStatus } from '#contract/tickets.ts'
import type { Database } from '../db/transaction.ts'
import type { Answers } from './answer-store.ts'
import { guidanceContentOf } from './checklist.ts'
import type { ChecklistService } from './checklist-service.ts'
import { findingOf, type Found, noFinding } from './finding.ts'
import { type AnsweredTicket, selectAnswered } from './finding-store.ts'

/** The states of the board of NOC. */
const ON_BOARD: readonly TicketStatus[] = [
  'noc_queued',
  'noc_diagnosing',
  'noc_core_fix',
  'field_queued',
  'field_working',
  'noc_verifying',
]

export interface FindingDeps {
  database: Database
  checklists: Pick<ChecklistService, 'published'>
}

export type FindingService = ReturnType<typeof createFindingService>

/** What guidance found, for who takes faults over and does not open each ticket. */
export function createFindingService({ database, checklists }: FindingDeps) {
  /** Of every ticket that is with NOC, or with technicians from there. */
  async function onBoard(): Promise<{ items: GuidanceFinding[] }> {
    const tickets = await database.longRead((db) => selectAnswered(db, ON_BOARD))
    return { items: await Promise.all(tickets.map(toFinding)) }
  }

  async function toFinding({ ticketId, answers, circuitId }: AnsweredTicket) {
    const found = answers === null ? noFinding(circuitId) : await foundIn(answers, circuitId)
    return { ticketId, result: answers?.result ?? null, ...found }
  }

  async function foundIn(answers: Answers, circuitId: string | null): Promise<Found> {
    const { versionId, commonVersionId } = answers
    const common = await checklists.published(database.db, commonVersionId)
    const own = versionId === null ? null : await checklists.published(database.db, versionId)
    const content = guidanceContentOf(common.content, own?.content ?? null)
    return findingOf(content, answers, circuitId)
  }

  return { onBoard }
}
