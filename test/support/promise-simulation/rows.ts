import type { PromisedTicket } from '../../../server/callbacks/promise-making-service.ts'
import type { CallRecord } from '../../../server/calls/call-record.ts'
import type { SessionUser } from '#contract/staff.ts'
import { aCallRow } from '../domain/a-call-row.ts'
import { aStoredTicket } from '../domain/a-stored-ticket.ts'
import type { MemoryDatabase } from './memory-database.ts'

/** A promise with its last word, as the judge reads it. */
export interface PromiseRow {
  id: string
  ticket_id: string | null
  number_dial: string
  status: string
  reason: string
  missed_call_id: string | null
  due_at: string
  created_at: string
  updated_at: string
  assignee_id: string | null
  attempts: number
  agreed: number
  version: number
  cancel_reason: string | null
  promised_for: string
  late_until: string | null
  verdict: string | null
}

export type OrderedRow = PromiseRow & {
  number: number
  submitted_at: string
  ended_at: string | null
}

export type Rows = ReturnType<typeof createRows>

/** What the world writes for the service, and what the judge reads of it: without the service's layers. */
export function createRows(database: MemoryDatabase) {
  const { raw } = database
  const insert = (table: string, columns: readonly string[], orIgnore = '') =>
    raw.prepare(
      `insert ${orIgnore} into ${table} (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
    )
  const ticket = aStoredTicket('')
  const ticketInsert = insert('ticket', Object.keys(ticket), 'or ignore')
  const call = aCallRow('')
  const callInsert = insert('call', Object.keys(call), 'or ignore')
  const staffInsert = insert('staff', [
    'id',
    'username',
    'display_name',
    'role',
    'extension',
    'active',
    'password_hash',
    'version',
    'created_at',
    'updated_at',
  ])
  const one = <T>(text: string) => raw.prepare<unknown[], T>(text)
  const ticketOf = one<{ number_raw: string; assignee_id: string | null }>(
    'select number_raw, assignee_id from ticket where id = ?',
  )
  const ordered = one<OrderedRow>(
    'select c.*, a.number, a.submitted_at, a.ended_at from callback_attempt a cross join callback c on c.id = a.callback_id where a.pbx_id = +? and a.channel_id = +?',
  )
  const callOf = one<{ call_id: string | null }>(
    "select call_id from callback_attempt where pbx_id = 'pbx1' and channel_id = +?",
  )
  const byId = one<PromiseRow>('select * from callback where id = ?')
  const all = one<PromiseRow>('select * from callback')
  const ofNumber = one<PromiseRow>('select * from callback where number_dial = ?')
  const waiting = one<{ due_at: string }>(
    "select due_at from callback where status = 'scheduled' order by due_at",
  )
  const leases = one<{ until: string | null }>(
    "select due_lease_until as until from callback where status = 'dialing'",
  )
  const callEnd = raw.prepare('update call set ended_at = ? where id = ? and ended_at is null')
  const leave = raw.prepare('update staff set active = 0 where id = ?')

  function addPerson({ id, username, displayName, role, extension }: SessionUser): void {
    const at = '2026-11-01T00:00:00.000Z'
    staffInsert.run({
      id,
      username,
      display_name: displayName,
      role,
      extension,
      active: 1,
      password_hash: 'x',
      version: 1,
      created_at: at,
      updated_at: at,
    })
  }

  return {
    database,
    addPerson,
    dismiss: (id: string) => void leave.run(id),
    addTicket: (id: string, number: string, assigneeId: string | null = null) =>
      void ticketInsert.run({
        ...ticket,
        id,
        code: id,
        number_raw: number,
        assignee_id: assigneeId,
      }),
    addCall: (id: string, known: Partial<CallRecord>) =>
      void callInsert.run({ ...call, id, ...known }),
    endCall: (id: string, at: string) => void callEnd.run(at, id),
    findTicket(id: string): PromisedTicket | null {
      const row = ticketOf.get(id)
      if (row === undefined) return null
      const { number_raw: numberRaw, assignee_id: assigneeId } = row
      return { id, numberRaw, assigneeId, status: 'new', isOpen: true, awaitsAnswer: false }
    },
    /** The promise of the attempt with this channel. */
    ordered: (channelId: string) => ordered.get('pbx1', channelId) ?? null,
    /** The call of the attempt with this channel, once the service has heard of it. */
    callOf: (channelId: string) => callOf.get(channelId)?.call_id ?? null,
    promise: (id: string) => byId.get(id) ?? null,
    promises: () => all.all(),
    promisesTo: (number: string) => ofNumber.all(number),
    waiting: () => waiting.all().map(({ due_at: at }) => at),
    leases: () => leases.all().map(({ until }) => until),
    clear: database.clear,
  }
}
