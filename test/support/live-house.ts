import type { SessionUser } from '#contract/staff.ts'
import { type TicketCreate, ticketCreate } from '#contract/tickets.ts'
import type { Database } from '../../server/db/transaction.ts'
import { callEvents } from './call-table.ts'
import { openQueueFloor } from './queue-floor.ts'
import type { TestHouseOptions } from './house.ts'

export type LiveHouse = Awaited<ReturnType<typeof openLiveHouse>>

export const CHIEF: SessionUser = {
  id: 'chief',
  username: 'chief',
  displayName: 'Chief',
  role: 'admin',
  extension: null,
}

const STEP_MS = 500

/**
 * The house in service: its PBX is connected, its queues are open, its calls are read; with `hire`
 * (the first time on a database) mai has extension 101, lan 102 and chief none. The schedule stands
 * still until `startSchedule`.
 */
export async function openLiveHouse(
  database: Database,
  options: TestHouseOptions & { hire?: boolean } = {},
) {
  const floor = await openQueueFloor(database, options)
  const { ears, calls, desk, pops, queues, callbacks, schedule, clock, telephony } = floor
  if (options.hire ?? true) {
    await floor.addPerson('mai', '101')
    await floor.addPerson('lan', '102')
    await floor.hire(CHIEF)
  }
  await floor.open()
  await calls.start()
  await pops.load()

  /** Resolves when what was heard so far is saved and told. */
  async function settled(): Promise<void> {
    await calls.idle()
    await desk.settled()
    await pops.idle()
    await queues.settled()
    await callbacks.settled()
  }

  /** Calls as the PBX tells them; a table of `call-table.ts`. */
  async function hear(table: string): Promise<void> {
    for (const event of callEvents(table)) ears.onCallEvent(event)
    await settled()
  }

  async function startSchedule(): Promise<void> {
    await callbacks.start()
    schedule.start()
    pops.start()
    await settled()
  }

  /** In small steps: what a database really does takes no time of the driven clock. */
  async function advance(ms: number): Promise<void> {
    await settled()
    const step = Math.min(ms, STEP_MS)
    await clock.advance(step)
    await settled()
    if (ms > step) await advance(ms - step)
  }

  /** Uniqueid of the agent's leg of the newest callback that was placed. */
  const placed = (): string => telephony.originated.at(-1)?.channelId ?? 'none'

  function openTicket(user: SessionUser, order: Partial<TicketCreate> = {}) {
    const ticket = { channel: 'counter', number: '0912345678', ...order }
    return floor.tickets.service.create(ticketCreate.parse(ticket), user)
  }

  /** A promise of this person on a ticket of their own, due in a minute. */
  async function promise(user: SessionUser): Promise<{ id: string; ticketId: string }> {
    const { id: ticketId } = await openTicket(user)
    const order = { note: '', inMinutes: 1 }
    const { id } = await callbacks.service.promise(user, ticketId, order)
    return { id, ticketId }
  }

  function person(id: string): SessionUser {
    const found = floor.people.staff.byId(id)
    if (found === null) throw new Error(`nobody is called ${id}`)
    return found
  }

  async function stop(): Promise<void> {
    floor.control.stop()
    await schedule.stop()
    await callbacks.stop()
    await calls.idle()
    await pops.stop()
    await queues.stop()
  }

  const acts = { hear, startSchedule, advance, openTicket, promise, stop, settled }
  return { ...floor, ...acts, placed, person }
}
