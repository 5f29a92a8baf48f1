import type { Db } from '../db/schema.ts'
import { customerRoutes } from './customer-routes.ts'
import { type CustomerDeps, createCustomerService } from './customer-service.ts'
import { type CustomerHistoryDeps, createCustomerHistory } from './history-service.ts'
import { selectPhones } from './customer-store.ts'
import { formatForeign } from './foreign-number-service.ts'
import { SEARCH_RULES } from './fold-text.ts'
import { importRoutes } from './import/import-routes.ts'
import { createImportService, type ImportDeps } from './import/import-service.ts'
import { rewriteCustomers } from './rewrite-service.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'

export type CustomersDeps = Omit<CustomerDeps, 'formatForeign'> &
  CustomerHistoryDeps & {
    schedule: Pick<Schedule, 'rewrite' | 'loop'>
    logger: ImportDeps['logger']
  }

/** There is nothing to discard but at the start. */
const DISCARD_EVERY_MS = 3_600_000

export type Customers = ReturnType<typeof createCustomers>

/** Customers, their numbers and contracts, and who it is that calls. */
export function createCustomers(deps: CustomersDeps) {
  const service = createCustomerService({ ...deps, formatForeign })
  const searchRules = `${SEARCH_RULES} ${deps.hotlineNumber}`
  deps.schedule.rewrite({
    name: 'search texts of customers',
    rules: searchRules,
    step: (trx, afterId) => rewriteCustomers(trx.db, afterId, service.describe),
  })

  const imports = createImportService({ ...deps, describe: service.describe })
  deps.schedule.loop({
    name: 'imports that a restart ended',
    longestSleepMs: DISCARD_EVERY_MS,
    work: imports.discardUnended,
    nextDueAt: async () => null,
  })

  /** Names of those whose number leaves no doubt. */
  async function namesOf(db: Db, phoneKeys: string[]): Promise<ReadonlyMap<string, string>> {
    const owners = await service.findByNumbers(db, phoneKeys)
    return new Map([...owners].flatMap(([key, { chosen }]) => (chosen ? [[key, chosen.name]] : [])))
  }

  /** The numbers of those who are found by words; not all when there are more than `limit`. */
  async function numbersFound(order: Parameters<CustomersDeps['findCustomers']>[0]) {
    const { hits, hasMore, complete } = await deps.findCustomers(order)
    const ids = hits.map(({ id }) => id)
    const phones = await selectPhones(deps.database.db, ids)
    return { phoneKeys: phones.map((phone) => phone.phone_key), complete: complete && !hasMore }
  }

  const { describe, findByNumber, findByNumbers, refsById, rememberChoice } = service
  return {
    service,
    /** By which rules texts are folded and numbers read, in one word. */
    searchRules,
    describeNumber: describe,
    findByNumber,
    findByNumbers,
    customersById: refsById,
    rememberChoice,
    namesOf,
    phoneKeysOf,
    numbersFound,
    imports,
    routes: [
      ...importRoutes(imports),
      ...customerRoutes({ ...service, ...createCustomerHistory(deps) }),
    ],
  }
}

/** The numbers of these customers, by customer. */
async function phoneKeysOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const byCustomer = Map.groupBy(await selectPhones(db, ids), (row) => row.customer_id)
  return new Map([...byCustomer].map(([id, own]) => [id, own.map((row) => row.phone_key)]))
}
