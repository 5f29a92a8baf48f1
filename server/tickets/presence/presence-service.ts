import type { PresenceWord, TicketPresence } from '#contract/casework/presence.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../../db/transaction.ts'
import type { Clock, Notifier } from '../../ports.ts'
import type { Schedule } from '../../schedule/schedule-feature.ts'
import type { AttachmentViewService } from '../attachments/attachment-view-service.ts'
import { type Looker, pageTooMany, peopleAt, silentPages } from './lookers.ts'

export interface PresenceDeps {
  database: Database
  clock: Clock
  notifier: Pick<Notifier, 'ticketPresence'>
  schedule: Pick<Schedule, 'loop'>
  files: Pick<AttachmentViewService, 'requireOpen'>
}

/** People at one ticket are told at once and then at most so often, whatever happens there. */
const LOOK_EVERY_MS = 2000

export type PresenceService = ReturnType<typeof createPresenceService>

/**
 * Who else is at a ticket. In the memory of this process: after a restart pages say it anew within
 * seconds. Only who may open the ticket's files says and hears it.
 */
export function createPresenceService(deps: PresenceDeps) {
  const { clock, notifier } = deps
  const lookers = new Map<string, Looker>()
  /** Tickets of which people were told since the last look, and those that changed after it. */
  const told = new Set<string>()
  const changed = new Set<string>()

  /** Throws NotFound and Forbidden. */
  async function say(
    ticketId: string,
    { pageId, doing }: PresenceWord,
    user: SessionUser,
  ): Promise<TicketPresence> {
    await deps.files.requireOpen(deps.database.db, ticketId, user)
    const key = `${user.id} ${pageId}`
    const before = lookers.get(key)
    if (doing === 'gone') {
      if (before?.ticketId === ticketId) leave(key)
      return { ticketId, people: [] }
    }
    if (before === undefined) makeRoom(user.id)
    if (before !== undefined && before.ticketId !== ticketId) leave(key)
    const isTyping = doing === 'typing'
    const { id: staffId, displayName } = user
    const seenMs = clock.monotonicMs()
    lookers.set(key, { staffId, displayName, ticketId, isTyping, seenMs })
    if (before?.ticketId !== ticketId || before.isTyping !== isTyping) change(ticketId)
    return { ticketId, people: peopleAt(lookers.values(), ticketId) }
  }

  function makeRoom(staffId: string): void {
    const tooMany = pageTooMany(lookers, staffId)
    if (tooMany !== null) leave(tooMany)
  }

  function leave(key: string): void {
    const looker = lookers.get(key)
    lookers.delete(key)
    if (looker !== undefined) change(looker.ticketId)
  }

  function change(ticketId: string): void {
    changed.add(ticketId)
    if (!told.has(ticketId)) tell(ticketId)
  }

  function tell(ticketId: string): void {
    changed.delete(ticketId)
    told.add(ticketId)
    const people = peopleAt(lookers.values(), ticketId)
    const staffIds = people.map(({ id }) => id)
    if (staffIds.length > 0) notifier.ticketPresence(staffIds, { ticketId, people })
  }

  async function look(): Promise<void> {
    for (const key of silentPages(lookers, clock.monotonicMs())) leave(key)
    told.clear()
    for (const ticketId of changed) tell(ticketId)
  }

  deps.schedule.loop({
    name: 'people at tickets',
    longestSleepMs: LOOK_EVERY_MS,
    work: look,
    nextDueAt: async () => null,
  })

  return { say }
}
