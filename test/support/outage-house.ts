import type { ProcessAction } from '#contract/casework/process.ts'
import type { SessionUser } from '#contract/staff.ts'
import { ticketCreate } from '#contract/tickets.ts'
import { sql } from 'kysely'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import type { Database } from '../../server/db/transaction.ts'
import { plusMs } from '../../server/time.ts'
import type { TestClock } from './clock.ts'
import { aCallRow } from './domain/a-call-row.ts'
import { openTestHouse, type TestHouseOptions } from './house.ts'

export type OutageHouse = Awaited<ReturnType<typeof openOutageHouse>>

const MINUTE_MS = 60_000

export function aWorker(
  id: string,
  role: SessionUser['role'],
  extension: string | null = null,
): SessionUser {
  return { id, username: id, displayName: id, role, extension }
}

export const LAN = aWorker('lan', 'agent', '102')
export const MAI = aWorker('mai', 'agent', '101')
export const NOC = aWorker('noc', 'noc')
export const BOSS = aWorker('boss', 'supervisor')

/** A house with two agents, NOC and a supervisor, in which callers and customers can be made. */
export async function openOutageHouse(
  database: Database,
  options: TestHouseOptions & { clock: TestClock; hire?: boolean },
) {
  const house = await openTestHouse(database, options)
  const { clock } = options
  if (options.hire ?? true) {
    for (const person of [LAN, MAI, NOC, BOSS]) {
      // oxlint-disable-next-line no-await-in-loop
      await house.hire(person)
    }
  }

  /** A customer with this number and a contract in this area. */
  async function addCustomer(number: string, area: string): Promise<string> {
    const id = `customer-${number}`
    const { db } = database
    const at = clock.now()
    const customer = { id, code: id, name: id, kind: 'individual', email: null, address: '' }
    const times = { version: 1, created_at: at, updated_at: at }
    await db
      .insertInto('customer')
      .values({ ...customer, ...times, note: '' })
      .execute()
    const phone = { id, customer_id: id, phone_key: normalizeVn(number).key ?? '', raw: number }
    await db
      .insertInto('customer_phone')
      .values({ ...phone, label: '' })
      .execute()
    const contract = { id, customer_id: id, contract_no: id, service_plan: 'Internet' }
    const place = { installation_address: '', area_class: 'urban', circuit_id: null, suspended: 0 }
    await db
      .insertInto('contract')
      .values({ ...contract, ...place })
      .execute()
    await sql`update contract set area = ${area} where id = ${id}`.execute(db)
    return id
  }

  let calls = 0
  /** Somebody called so many minutes after the start of the clock and hung up unanswered, or has this ticket. */
  async function call(number: string, at: string, ticketId: string | null = null): Promise<void> {
    const uniqueid = `call-${number}-${at}-${++calls}`
    const row = aCallRow(uniqueid, {
      caller_raw: number,
      caller_key: normalizeVn(number).key,
      entered_at: at,
      ended_at: plusMs(at, MINUTE_MS),
      status: 'ended',
    })
    await database.db
      .insertInto('call')
      .values({ ...row, ticket_id: ticketId })
      .execute()
  }

  async function open(number: string, details: Record<string, unknown> = {}): Promise<string> {
    const order = ticketCreate.parse({ channel: 'counter', number, ...details })
    const { id } = await house.tickets.service.create(order, LAN)
    return id
  }

  /** A step of the process as this person. */
  function act(
    user: SessionUser,
    ticketId: string,
    action: ProcessAction,
    input: Record<string, unknown> = {},
  ): Promise<void> {
    return database.transaction((trx) =>
      house.process.actIn(trx, ticketId, { action, input }, user),
    )
  }

  const ticket = (id: string, user: SessionUser = LAN) => house.tickets.service.get(id, user)

  return { ...house, addCustomer, call, open, act, ticket }
}
