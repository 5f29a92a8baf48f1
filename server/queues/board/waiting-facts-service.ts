import type { OutageRef } from '#contract/casework/outages.ts'
import type { WaitingCaller } from '#contract/queues.ts'
import type { Db } from '../../db/schema.ts'
import type { Database } from '../../db/transaction.ts'
import type { WaitingFacts } from '../queues-view.ts'

export interface WaitingFactsDeps {
  database: Database
  /** Those whose number leaves no doubt, by key. */
  customersOf: (
    db: Db,
    phoneKeys: readonly string[],
  ) => Promise<ReadonlyMap<string, { id: string; name: string }>>
  /** Their numbers. */
  phoneKeysOf: (db: Db, customerIds: readonly string[]) => Promise<ReadonlyMap<string, string[]>>
  /** Open promises to these numbers, by key, due first. */
  promisesTo: (
    db: Db,
    phoneKeys: readonly string[],
  ) => Promise<ReadonlyMap<string, NonNullable<WaitingCaller['promise']>>>
  /** The open outage where they live. */
  outagesOf: (
    db: Db,
    customerIds: readonly string[],
  ) => Promise<(customerId: string) => OutageRef | null>
}

/** As many questions for ten callers as for one, all by an index. */
export function createWaitingFacts(deps: WaitingFactsDeps) {
  const { db } = deps.database

  return async (keys: readonly string[]): Promise<ReadonlyMap<string, WaitingFacts>> => {
    const customers = await deps.customersOf(db, keys)
    const ids = [...new Set([...customers.values()].map(({ id }) => id))]
    const phones = await deps.phoneKeysOf(db, ids)
    const numbers = [...new Set([...keys, ...[...phones.values()].flat()])]
    const promises = await deps.promisesTo(db, numbers)
    const outageOf = await deps.outagesOf(db, ids)
    return new Map(
      keys.map((key) => {
        const customer = customers.get(key)
        const own = customer === undefined ? [] : (phones.get(customer.id) ?? [])
        const promise = [key, ...own].flatMap((one) => promises.get(one) ?? [])[0]
        const outage = customer && outageOf(customer.id)
        return [
          key,
          {
            customerName: customer?.name ?? null,
            ...(promise === undefined ? {} : { promise }),
            ...(outage ? { outage: { ticketId: outage.ticketId, code: outage.code } } : {}),
          },
        ]
      }),
    )
  }
}
