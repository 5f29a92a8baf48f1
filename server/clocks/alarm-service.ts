import type { Instant } from '#contract/primitives.ts'
import { ticketStatus } from '#contract/tickets.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Clock, StateFact } from '../ports.ts'
import type { DueWorker } from '../schedule/due-worker.ts'
import { laterOf } from '../time.ts'
import { TICKET_STATES } from '../tickets/ticket.ts'
import { type AlarmRung, rung } from './alarm.ts'
import { type Audience, audienceOfAll } from './alarm-audience.ts'
import {
  selectAlarmTicket,
  selectByRole,
  selectLeads,
  selectPromiseAssignee,
} from './audience-store.ts'
import type { ClockTime, TicketClock } from './clock.ts'
import { toClock, toColumns } from './clock-record.ts'
import { isAlarmDue, listAlarms, saveClocks, selectClock } from './clock-store.ts'

export interface AlarmServiceDeps {
  database: Database
  clock: Clock
  /** The schedule's: takes due rows, does them, gives back what fails. */
  work: DueWorker['work']
  /** Takes `clock_alarmed`, in the transaction that moves the alarm on. */
  state: StateFact
  time: ClockTime
}

const AT_ONCE = 50
const LEASE_MS = 60_000
const POLICY = { firstMs: 10_000, longestMs: 600_000, mostTries: 10 }

/**
 * The alarms of clocks, each once: the row moves on to its next alarm in the transaction that tells
 * of this one, so a crash between two of them, or a second process, repeats none and loses none.
 */
export function createAlarmService({ database, clock, work, state, time }: AlarmServiceDeps) {
  /** One look: tells of what is due at `now`. Takes no lock when nothing is. */
  async function sweep(now: Instant = clock.now()): Promise<void> {
    const next = await nextDueAt()
    if (next === null || next > now) return
    await work(
      {
        kind: 'clock_alarm',
        table: 'ticket_clock',
        where: isAlarmDue(now),
        orderBy: 'alarm_at',
        limit: AT_ONCE,
        leaseMs: LEASE_MS,
        policy: POLICY,
        doRow: (trx, { id }) => ring(trx, id),
      },
      now,
    )
  }

  /** As the clock is now: it may have been stopped since it was taken. */
  async function ring(trx: Trx, id: string): Promise<void> {
    const row = await selectClock(trx.db, id)
    if (row === undefined) return
    const { rang, clock: after } = rung(toClock(row), clock.now(), time)
    await saveClocks(trx.db, [toColumns(after, time)])
    if (rang !== null) await tell(trx, after, rang)
  }

  async function tell(trx: Trx, of: TicketClock, { step, at, steps }: AlarmRung): Promise<void> {
    const audience = await audienceFor(trx, of)
    if (audience === null) return
    await state(trx, {
      type: 'clock_alarmed',
      ticketId: of.ticketId,
      clock: of.kind,
      step,
      at,
      dueAt: of.dueAt,
      staffIds: audienceOfAll(steps, audience),
      onceKey: `clock:${of.id}:${step}:${at}`,
    })
  }

  /** Null for a ticket that is part of another now: nobody works on it. */
  async function audienceFor(trx: Trx, of: TicketClock): Promise<Audience | null> {
    const ticket = await selectAlarmTicket(trx.db, of.ticketId)
    if (ticket === undefined || ticket.merged_into !== null) return null
    const team = TICKET_STATES[ticketStatus.parse(ticket.status)].owner
    const promisedBy =
      of.kind === 'promise' ? await selectPromiseAssignee(trx.db, of.ticketId) : null
    const byRole = await selectByRole(trx.db, ['supervisor', 'admin'])
    return {
      assigneeId: promisedBy ?? ticket.assignee_id,
      leads: await selectLeads(trx.db, { team, teamId: ticket.team_id, now: clock.now() }),
      supervisors: byRole.get('supervisor') ?? [],
      administrators: byRole.get('admin') ?? [],
    }
  }

  /** When the next alarm is to be told; null when none is left. */
  async function nextDueAt(): Promise<Instant | null> {
    const waiting = await listAlarms(database.db, POLICY.mostTries)
    return (
      waiting
        .flatMap((row) => (row.alarm_at === null ? [] : takenFrom({ ...row, at: row.alarm_at })))
        .toSorted()[0] ?? null
    )
  }

  return { sweep, nextDueAt }
}

function takenFrom(row: {
  at: Instant
  due_retry_at: Instant | null
  due_owner: string | null
  due_lease_until: Instant | null
}): Instant {
  const lease = row.due_owner === null ? null : row.due_lease_until
  return laterOf(laterOf(row.at, row.due_retry_at ?? row.at), lease ?? row.at)
}
