import { settle } from './clock.ts'
import { openTestDatabase, type TestDialect } from './database.ts'
import { createTestIds } from './ids.ts'
import { createPromiseLedger } from './promise-ledger.ts'

/** After that a promise is due when nothing else was asked for. */
export const HALF_HOUR = 30 * 60_000

export type PromisedLedger = Awaited<ReturnType<typeof openPromised>>

type LedgerSettings = Pick<
  NonNullable<Parameters<typeof createPromiseLedger>[1]>,
  'hours' | 'retries'
>

/** A ledger where mai (phone 101) and lan (102) are free and ticket KN-1 has no promise yet. */
export async function openUnpromised(dialect: TestDialect, settings: LedgerSettings = {}) {
  const ledger = createPromiseLedger(await openTestDatabase(dialect), settings)
  const mai = await ledger.addPerson('mai', '101')
  const lan = await ledger.addPerson('lan', '102')
  await ledger.addTicket('KN-1')
  return { ...ledger, mai, lan }
}

/** The same, and mai has promised a call on KN-1 in half an hour; `id` is that promise. */
export async function openPromised(dialect: TestDialect, settings: LedgerSettings = {}) {
  const ledger = await openUnpromised(dialect, settings)
  const { database, clock, telephony, feature } = ledger
  const { id } = await ledger.service.promise(ledger.mai, 'KN-1', { note: '' })

  /** The promise as the pages see it. */
  const view = async () => (await ledger.service.ofTicket('KN-1'))[0]
  const orders = () => telephony.originated
  /** Of the last attempt that was placed. */
  const channelId = () => orders().at(-1)?.channelId ?? 'none'

  async function dialAtDue(): Promise<void> {
    await clock.advance(HALF_HOUR)
    await ledger.tick()
  }

  /** Another process on the same database, PBX and clock; it has not heard of any phone. */
  function openBeside(name: string, isAlone = true) {
    const newId = createTestIds(name)
    return createPromiseLedger(database, { clock, telephony, newId, isAlone })
  }

  async function close(): Promise<void> {
    await feature.stop()
    await database.close()
  }

  const acts = { dialAtDue, openBeside, close }
  return { ...ledger, id, view, orders, channelId, ...acts }
}

/** Lets real database answers arrive until `done`; the clock itself stands still. */
export async function untilIdle(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 50_000 && !done(); turn++) await settle()
}
