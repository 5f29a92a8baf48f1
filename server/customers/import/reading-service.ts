import type { ImportFault, ImportReport } from '#contract/customer-import.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Database } from '../../db/transaction.ts'
import type { NewId } from '../../ports.ts'
import type { Delimiter } from './csv-text.ts'
import { type CsvRecord, readRecords } from './csv-import.ts'
import { columnFaults, readColumns } from './import-columns.ts'
import { type ImportedCustomer, type Layout, layoutOf, readLine } from './import-line.ts'
import { planLine } from './import-plan.ts'
import {
  selectContractOwners,
  selectStored,
  type StagedChange,
  stageChanges,
} from './staging-store.ts'

export interface ReadingDeps {
  database: Database
  newId: NewId
  describe: (raw: string) => PhoneNumber
}

/** What a report counts while the file is read. */
export type Tally = Pick<
  ImportReport,
  'lines' | 'created' | 'updated' | 'unchanged' | 'faultCount' | 'faults'
> & {
  /** The largest number among new codes of our own form; 0 for none. */
  largestNumber: number
}

export const MOST_LINES = 200_000
const MOST_FAULTS = 1_000
const LINES_PER_STEP = 200
const OWN_CODE = /^KH-(\d{6,9})$/

export function emptyTally(): Tally {
  const counts = { lines: 0, created: 0, updated: 0, unchanged: 0, faultCount: 0 }
  return { ...counts, faults: [], largestNumber: 0 }
}

/** Reads the file once, checks each line, and stages what it changes as long as no line is bad. */
export function createReading(
  deps: ReadingDeps,
  order: { importId: string; bytes: Uint8Array; delimiter: Delimiter; stage: boolean },
  tally: Tally,
  onProgress: () => void,
) {
  const { database, describe } = deps
  const seenCodes = new Map<string, number>()
  const seenContracts = new Map<string, number>()
  let layout: Layout | null = null
  let waiting: ImportedCustomer[] = []

  function refuse(...faults: ImportFault[]): void {
    tally.faultCount += faults.length
    tally.faults.push(...faults.slice(0, MOST_FAULTS - tally.faults.length))
  }

  /** Throws UnreadableCsv when the rest of the file cannot be read. */
  async function read(): Promise<void> {
    for await (const records of readRecords(order.bytes, order.delimiter)) {
      const lines = layout === null ? readHeader(records) : records
      if (layout === null || tally.lines > MOST_LINES) return
      waiting.push(...checked(lines, layout))
      if (waiting.length >= LINES_PER_STEP) await takeWaiting()
      onProgress()
    }
    await takeWaiting()
    if (layout === null || tally.lines === 0) {
      refuse(fault(1, '', 'the file has no lines below its first', 'empty_file'))
    }
  }

  /** The first record names the columns; without what is needed no line can be read. */
  function readHeader([header, ...rest]: readonly CsvRecord[]): readonly CsvRecord[] {
    const found = readColumns(header?.cells ?? [])
    const faults = columnFaults(found)
    refuse(...faults)
    if (faults.length === 0) layout = layoutOf(found)
    return rest
  }

  function checked(records: readonly CsvRecord[], of: Layout) {
    return records.flatMap(({ line, cells }): ImportedCustomer[] => {
      tally.lines += 1
      if (tally.lines > MOST_LINES) {
        if (tally.lines === MOST_LINES + 1) refuse(tooMany(line))
        return []
      }
      const result = readLine(line, cells, of, describe)
      if ('faults' in result) {
        refuse(...result.faults)
        return []
      }
      const doubled = doubledIn(result.customer)
      refuse(...doubled)
      return doubled.length === 0 ? [result.customer] : []
    })
  }

  function doubledIn({ line, code, contracts }: ImportedCustomer): ImportFault[] {
    const faults: ImportFault[] = []
    const before = seenCodes.get(code)
    if (before === undefined) seenCodes.set(code, line)
    else {
      faults.push(fault(line, code, `the code stands on line ${before} already`, 'code_doubled'))
    }
    for (const { contractNo } of contracts) {
      const first = seenContracts.get(contractNo)
      const message = `the contract stands on line ${first} already`
      if (first === undefined) seenContracts.set(contractNo, line)
      else faults.push(fault(line, contractNo, message, 'contract_doubled'))
    }
    return faults
  }

  async function takeWaiting(): Promise<void> {
    const customers = waiting
    waiting = []
    await take(customers)
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
      refuse(...customers.flatMap((customer) => takenIn(customer, owners)))
      const changes = customers.flatMap((customer) => plan(customer, stored))
      if (order.stage && tally.faultCount === 0) await stageChanges(db, order.importId, changes)
    })
  }

  function plan(
    customer: ImportedCustomer,
    stored: Awaited<ReturnType<typeof selectStored>>,
  ): StagedChange[] {
    const planned = planLine(customer, stored.get(customer.code) ?? null, deps)
    if (planned === null) tally.unchanged += 1
    else if (planned.change === 'update') tally.updated += 1
    else {
      tally.created += 1
      const [, digits = '0'] = OWN_CODE.exec(customer.code) ?? []
      tally.largestNumber = Math.max(tally.largestNumber, Number(digits))
    }
    return planned === null ? [] : [{ ...planned, line: customer.line }]
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
    return owner === code ? [] : [fault(line, contractNo, message, 'contract_taken')]
  })
}

function tooMany(line: number): ImportFault {
  return fault(line, '', `more than ${MOST_LINES} lines: divide the file`, 'too_many_lines')
}

function fault(line: number, value: string, message: string, code: string): ImportFault {
  return { line, column: '', value: value.slice(0, 80), message, code }
}
