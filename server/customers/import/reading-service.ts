import type { ImportFault, ImportReport } from '#contract/customer-import.ts'
import type { Database } from '../../db/transaction.ts'
import type { NewId } from '../../ports.ts'
import type { CustomerFile } from './file-service.ts'
import type { ImportedCustomer } from './import-line.ts'
import { planLine } from './import-plan.ts'
import { lineFault, MOST_FAULTS } from './lines-service.ts'
import {
  selectContractOwners,
  selectStored,
  type StagedChange,
  stageChanges,
} from './staging-store.ts'

export interface ReadingDeps {
  database: Database
  newId: NewId
}

/** What a report counts while the file is read. */
export type Tally = Pick<
  ImportReport,
  'lines' | 'created' | 'updated' | 'unchanged' | 'faultCount' | 'faults'
> & {
  /** Contracts that are staged. */
  contracts: number
  /** The largest number among new codes of our own form; 0 for none. */
  largestNumber: number
}

const OWN_CODE = /^KH-(\d{6,9})$/

export function emptyTally(): Tally {
  const counts = { lines: 0, created: 0, updated: 0, unchanged: 0, faultCount: 0 }
  return { ...counts, faults: [], contracts: 0, largestNumber: 0 }
}

/** Reads the file once, and stages what its lines change as long as no line is bad. */
export function createReading(
  { database, newId }: ReadingDeps,
  order: { importId: string; file: CustomerFile; stage: boolean },
  tally: Tally,
  onProgress: () => void,
) {
  function refuse(faults: readonly ImportFault[], count = faults.length): void {
    tally.faultCount += count
    tally.faults.push(...faults.slice(0, MOST_FAULTS - tally.faults.length))
  }

  /** Throws UnreadableCsv when the rest of the file cannot be read. */
  async function read(): Promise<void> {
    for await (const step of order.file.steps()) {
      tally.lines += step.lines
      refuse(step.faults, step.faultCount)
      await take(step.customers)
      onProgress()
    }
  }

  /** Compares with what is stored, in a thread of its own on SQLite. */
  async function take(customers: readonly ImportedCustomer[]): Promise<void> {
    if (customers.length === 0) return
    const codes = customers.map(({ code }) => code)
    const contractNos = customers.flatMap(({ contracts }) =>
      contracts.map(({ contractNo }) => contractNo),
    )
    await database.longTransaction(async ({ db }) => {
      const stored = await selectStored(db, codes)
      const owners = await selectContractOwners(db, contractNos)
      refuse(customers.flatMap((customer) => takenIn(customer, owners)))
      const changes = customers.flatMap((customer) => plan(customer, stored))
      if (order.stage && tally.faultCount === 0) await stageChanges(db, order.importId, changes)
    })
  }

  function plan(
    customer: ImportedCustomer,
    stored: Awaited<ReturnType<typeof selectStored>>,
  ): StagedChange[] {
    const planned = planLine(customer, stored.get(customer.code) ?? null, { newId })
    if (planned === null) {
      tally.unchanged += 1
      return []
    }
    tally.contracts += planned.contracts.length
    if (planned.change === 'update') tally.updated += 1
    else {
      tally.created += 1
      const [, digits = '0'] = OWN_CODE.exec(customer.code) ?? []
      tally.largestNumber = Math.max(tally.largestNumber, Number(digits))
    }
    return [{ ...planned, line: customer.line }]
  }

  return { read }
}

function takenIn(
  { line, code, contracts }: ImportedCustomer,
  owners: ReadonlyMap<string, string>,
): ImportFault[] {
  return contracts.flatMap(({ contractNo }) => {
    const owner = owners.get(contractNo) ?? code
    const message = `the contract belongs to the customer ${owner}`
    return owner === code ? [] : [lineFault(line, contractNo, message, 'contract_taken')]
  })
}
