import type { PhoneNumber } from '#contract/customers.ts'
import type { ImportFault } from '#contract/customer-import.ts'
import { type CsvRecord, findDelimiter, readRecords, requireUtf8 } from './csv-import.ts'
import { columnFaults, readColumns } from './import-columns.ts'
import { type ImportedCustomer, type Layout, layoutOf, readLine } from './import-line.ts'

/** Some lines of the file that were read and checked, without a look at what is stored. */
export interface CheckedStep {
  /** Read in this step, the bad ones among them. */
  lines: number
  customers: ImportedCustomer[]
  /** Of all `faultCount`, those that a report still has room for. */
  faults: ImportFault[]
  faultCount: number
}

export const MOST_LINES = 200_000
export const MOST_FAULTS = 1_000
const LINES_PER_STEP = 200

/**
 * Reads the file from its beginning, some lines at a time; between two parts the event loop turns.
 * Throws UnreadableCsv when it, or the rest of it, cannot be read.
 */
export async function* checkLines(
  bytes: Uint8Array,
  describe: (raw: string) => PhoneNumber,
): AsyncGenerator<CheckedStep> {
  const text = await requireUtf8(bytes)
  const checker = createChecker(describe)
  for await (const records of readRecords(text, findDelimiter(text))) {
    checker.check(records)
    if (checker.isOver()) break
    if (checker.isFull()) yield checker.take()
  }
  checker.end()
  yield checker.take()
}

function createChecker(describe: (raw: string) => PhoneNumber) {
  const seenCodes = new Map<string, number>()
  const seenContracts = new Map<string, number>()
  let layout: Layout | null = null
  let hasBadHeader = false
  let lines = 0
  let listed = 0
  let step = emptyStep()

  function refuse(...faults: ImportFault[]): void {
    const some = faults.slice(0, MOST_FAULTS - listed)
    listed += some.length
    step.faultCount += faults.length
    step.faults.push(...some)
  }

  function check(records: readonly CsvRecord[]): void {
    const rest = layout === null ? readHeader(records) : records
    if (layout === null) return
    for (const record of rest) {
      if (isOver()) return
      checkLine(record, layout)
    }
  }

  /** The first record names the columns; without what is needed no line can be read. */
  function readHeader([header, ...rest]: readonly CsvRecord[]): readonly CsvRecord[] {
    const found = readColumns(header?.cells ?? [])
    const faults = columnFaults(found)
    refuse(...faults)
    if (faults.length === 0) layout = layoutOf(found)
    else hasBadHeader = true
    return rest
  }

  function checkLine({ line, cells }: CsvRecord, of: Layout): void {
    lines += 1
    step.lines += 1
    if (lines > MOST_LINES) return refuse(tooMany(line))
    const result = readLine(line, cells, of, describe)
    if ('faults' in result) return refuse(...result.faults)
    const doubled = doubledIn(result.customer)
    refuse(...doubled)
    if (doubled.length === 0) step.customers.push(result.customer)
  }

  function doubledIn({ line, code, contracts }: ImportedCustomer): ImportFault[] {
    const faults: ImportFault[] = []
    const before = seenCodes.get(code)
    if (before === undefined) seenCodes.set(code, line)
    else {
      faults.push(
        lineFault(line, code, `the code stands on line ${before} already`, 'code_doubled'),
      )
    }
    for (const { contractNo } of contracts) {
      const first = seenContracts.get(contractNo)
      const message = `the contract stands on line ${first} already`
      if (first === undefined) seenContracts.set(contractNo, line)
      else faults.push(lineFault(line, contractNo, message, 'contract_doubled'))
    }
    return faults
  }

  const isOver = () => hasBadHeader || lines > MOST_LINES

  function end(): void {
    if (hasBadHeader || lines > 0) return
    refuse(lineFault(1, '', 'the file has no lines below its first', 'empty_file'))
  }

  function take(): CheckedStep {
    const taken = step
    step = emptyStep()
    return taken
  }

  return { check, isOver, isFull: () => step.lines >= LINES_PER_STEP, end, take }
}

function emptyStep(): CheckedStep {
  return { lines: 0, customers: [], faults: [], faultCount: 0 }
}

function tooMany(line: number): ImportFault {
  return lineFault(line, '', `more than ${MOST_LINES} lines: divide the file`, 'too_many_lines')
}

export function lineFault(line: number, value: string, message: string, code: string): ImportFault {
  return { line, column: '', value: value.slice(0, 80), message, code }
}
