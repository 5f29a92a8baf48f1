import type { Instant } from '#contract/primitives.ts'
import type { Database } from '../../../server/db/transaction.ts'
import type { OriginateOrder } from '../../../server/ports.ts'
import type { PlacedOrder } from './calls.ts'

/** One thing that must never happen. */
export interface Fault {
  kind: 'early' | 'unstored' | 'doubled' | 'forgotten' | 'owed' | 'unkept'
  /** The promise, or the channel of what belongs to none. */
  subject: string
  detail: string
}

interface World {
  placed: readonly PlacedOrder[]
  living: () => PlacedOrder[]
}

interface Judged {
  database: Database
  world: World
  order: OriginateOrder
  now: Instant
}

/** What is wrong with an order at the moment at which the PBX reads it. */
export async function judgeOrder({ database, world, order, now }: Judged): Promise<Fault[]> {
  const { channelId, number, extension } = order
  const promise = await promiseOf(database, channelId)
  if (promise === null)
    return [{ kind: 'unstored', subject: channelId, detail: 'no attempt is stored' }]
  const faults: Fault[] = []
  const add = (kind: Fault['kind'], detail: string) =>
    void faults.push({ kind, subject: promise.id, detail })
  if (promise.due_at > now) add('early', `due at ${promise.due_at}, ordered at ${now}`)
  for (const live of world.living()) {
    if (live.order.number === number)
      add('doubled', `${number} is being called by ${live.order.channelId}`)
    if (live.order.extension === extension)
      add('doubled', `${extension} has ${live.order.channelId}`)
  }
  for (const before of await ordersOf(database, world, promise.id)) {
    if (before.hasReached) add('doubled', `${before.order.channelId} had reached the customer`)
  }
  return faults
}

/** What was forgotten or is told wrong when all is quiet again. */
export async function findFaults(database: Database, world: World): Promise<Fault[]> {
  const rows = await database.db
    .selectFrom('callback')
    .select(['id', 'status', 'cancel_reason'])
    .execute()
  const faults: Fault[] = []
  for (const { id, status } of rows) {
    // oxlint-disable-next-line no-await-in-loop -- a hundred
    const orders = await ordersOf(database, world, id)
    const reached = orders.some(({ hasReached }) => hasReached)
    const answered = orders.some(({ script }) => script.answerMs !== null)
    if (status === 'scheduled' || status === 'dialing') {
      faults.push({ kind: 'forgotten', subject: id, detail: `is ${status}` })
    } else if (reached && status !== 'done') {
      faults.push({
        kind: 'owed',
        subject: id,
        detail: `the customer was reached and it is ${status}`,
      })
    } else if (status === 'done' && !answered) {
      faults.push({ kind: 'unkept', subject: id, detail: 'it is kept and no customer answered' })
    }
  }
  return faults
}

async function promiseOf({ db }: Database, channelId: string) {
  const row = await db
    .selectFrom('callback_attempt')
    .innerJoin('callback', 'callback.id', 'callback_attempt.callback_id')
    .select(['callback.id', 'callback.due_at'])
    .where('callback_attempt.channel_id', '=', channelId)
    .executeTakeFirst()
  return row ?? null
}

/** What the PBX took for this promise. */
async function ordersOf({ db }: Database, world: World, id: string): Promise<PlacedOrder[]> {
  const rows = await db
    .selectFrom('callback_attempt')
    .select('channel_id')
    .where('callback_id', '=', id)
    .execute()
  const own = new Set(rows.map((row) => row.channel_id))
  return world.placed.filter(({ order }) => own.has(order.channelId))
}
