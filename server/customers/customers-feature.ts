import type { Db } from '../db/schema.ts'
import { customerRoutes } from './customer-routes.ts'
import { type CustomerDeps, createCustomerService } from './customer-service.ts'
import { formatForeign } from './foreign-number-service.ts'

export type Customers = ReturnType<typeof createCustomers>

/** Customers, their numbers and contracts, and who it is that calls. */
export function createCustomers(deps: Omit<CustomerDeps, 'formatForeign'>) {
  const service = createCustomerService({ ...deps, formatForeign })

  /** Names of those whose number leaves no doubt. */
  async function namesOf(db: Db, phoneKeys: string[]): Promise<ReadonlyMap<string, string>> {
    const owners = await service.findByNumbers(db, phoneKeys)
    return new Map([...owners].flatMap(([key, { chosen }]) => (chosen ? [[key, chosen.name]] : [])))
  }

  const { describe, findByNumber, findByNumbers, refsById, rememberChoice } = service
  return {
    service,
    describeNumber: describe,
    findByNumber,
    findByNumbers,
    customersById: refsById,
    rememberChoice,
    namesOf,
    routes: customerRoutes(service),
  }
}
