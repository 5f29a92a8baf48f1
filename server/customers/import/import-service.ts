import type { PhoneNumber } from '#contract/customers.ts'
import type { ImportFault, ImportPreview, ImportReport } from '#contract/customer-import.ts'
import type { PageQuery } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import { passNumber } from '../../db/counter.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import { cutPage } from '../../page.ts'
import type { Clock, StateFact } from '../../ports.ts'
import { findDelimiter, readRecords, requireUtf8, UnreadableCsv } from './csv-import.ts'
import { type CustomerFile, openFile } from './file-service.ts'
import { columnFaults, readColumns } from './import-columns.ts'
import * as imports from './import-store.ts'
import { createReading, emptyTally, type ReadingDeps, type Tally } from './reading-service.ts'
import { removeStaged, selectStagedImports } from './staging-store.ts'
import { switchIn } from './switch-store.ts'

export interface ImportDeps extends ReadingDeps {
  clock: Clock
  logger: Logger
  state: StateFact
  describe: (raw: string) => PhoneNumber
  hotlineNumber: string
}

/** Something staged is not as it was read: the switch is rolled back. */
class ReadAnew extends Error {
  override readonly name = 'ReadAnew'
}

export type ImportService = ReturnType<typeof createImportService>
type User = Pick<SessionUser, 'id'>

const PREVIEWED_ROWS = 20
/** Somebody changed a customer of the file between its reading and the switch. */
const MOST_READINGS = 3
const LEFT_STAGED = 'what an import has staged could not be removed; it is tried again later'

/**
 * Files of customers. Lines are checked and staged in small steps; what was staged becomes customers
 * in one transaction, so that a service that is killed has imported all of the file or nothing.
 */
export function createImportService(deps: ImportDeps) {
  const { database, clock, newId, state, logger } = deps
  let current: ImportReport | null = null
  let running: Promise<ImportReport> | null = null

  /**
   * Begins an import and answers its report as it stands; `outcome` answers the last word. Throws
   * Conflict while another one runs.
   */
  async function begin(bytes: Uint8Array, order: { dryRun: boolean }, user: User) {
    if (current !== null) throw alreadyRunning(current)
    const report: ImportReport = {
      ...countsAndFaults(emptyTally()),
      id: newId(),
      status: 'reading',
      dryRun: order.dryRun,
      startedAt: clock.now(),
      endedAt: null,
    }
    current = report
    try {
      await imports.insertImport(database.db, report, user.id)
    } catch (error) {
      current = null
      throw error
    }
    const outcome = run(report, openFile(bytes, deps), user).finally(() => (current = null))
    running = outcome
    outcome.catch((error: unknown) => logger.error({ err: error }, 'an import of customers failed'))
    return { report, outcome }
  }

  async function run(report: ImportReport, file: CustomerFile, user: User): Promise<ImportReport> {
    try {
      for (let readings = 1; ; readings += 1) {
        // oxlint-disable-next-line no-await-in-loop -- one reading after the other
        const tally = await read(report, file)
        const isGood = tally.faultCount === 0
        if (!isGood) return await end(report, 'refused')
        // oxlint-disable-next-line no-await-in-loop
        if (report.dryRun) return await end(report, 'done')
        // oxlint-disable-next-line no-await-in-loop
        if (await switchOver(report, tally, user)) return report
        if (readings === MOST_READINGS) throw changedMeanwhile()
        // oxlint-disable-next-line no-await-in-loop
        await clear(report.id)
      }
    } catch (error) {
      await end(report, 'stopped')
      throw error
    } finally {
      await file.close()
      await clear(report.id).catch((err: unknown) => logger.warn({ err }, LEFT_STAGED))
    }
  }

  /** Counts and faults of the report follow the reading. */
  async function read(report: ImportReport, file: CustomerFile): Promise<Tally> {
    const tally = emptyTally()
    try {
      const order = { importId: report.id, file, stage: !report.dryRun }
      await createReading(deps, order, tally, () => follow(report, tally)).read()
    } catch (error) {
      if (!(error instanceof UnreadableCsv)) throw error
      tally.faultCount += 1
      tally.faults.push(error.fault)
    }
    follow(report, tally)
    return tally
  }

  /** The one transaction that imports; false when something staged is not as it was read. */
  async function switchOver(
    report: ImportReport,
    tally: Tally,
    { id: actorId }: User,
  ): Promise<boolean> {
    report.status = 'switching'
    const whole = database.longTransaction(async (trx) => {
      const now = clock.now()
      await state(trx, { type: 'customers_import_begun', importId: report.id })
      const { updated, contracts } = await switchIn(trx.db, report.id, now)
      if (updated !== tally.updated || contracts !== tally.contracts) throw new ReadAnew()
      await passNumber(trx.db, 'customer', tally.largestNumber)
      const after = { ...report, status: 'done' as const, endedAt: now }
      await imports.updateImport(trx.db, after)
      const detail = countsOf(after)
      const fact = { importId: report.id, actorId, detail }
      await state(trx, { type: 'customers_imported', ...fact })
      return after
    })
    const done = await whole.catch((error: unknown) => {
      // a code that somebody gave away meanwhile is such a thing, too
      if (error instanceof ReadAnew || isUniqueViolation(error)) return null
      throw error
    })
    Object.assign(report, done ?? { status: 'reading' })
    return done !== null
  }

  async function end(report: ImportReport, status: 'done' | 'refused' | 'stopped') {
    Object.assign(report, { status, endedAt: clock.now() })
    await database.transaction(({ db }) => imports.updateImport(db, report))
    return report
  }

  async function clear(importId: string): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- in small steps
    while (await database.longTransaction(({ db }) => removeStaged(db, importId))) continue
  }

  /** What a killed service left behind: an import that did not end, rows that were staged for one. */
  async function discardUnended(): Promise<void> {
    const left = await imports.selectUnended(database.db, current?.id ?? '')
    for (const report of left) {
      // oxlint-disable-next-line no-await-in-loop -- one at most
      await end(report, 'stopped')
      // oxlint-disable-next-line no-await-in-loop
      await clear(report.id)
    }
    const staged = await selectStagedImports(database.db)
    // the one that runs was known before it staged anything
    for (const importId of staged.filter((id) => id !== current?.id)) {
      // oxlint-disable-next-line no-await-in-loop -- one at most
      await clear(importId)
    }
  }

  /** The running one as it stands. Throws NotFound. */
  async function get(id: string): Promise<ImportReport> {
    const found = current?.id === id ? current : await imports.selectImport(database.db, id)
    if (found === null) throw new NotFound('import', id)
    return found
  }

  /** Newest first, without the faults. */
  async function list({ limit, cursor }: PageQuery) {
    const rows = await imports.selectImports(database.db, { limit: limit + 1, beforeId: cursor })
    const page = cutPage(rows, limit, ({ id }) => id)
    const items = page.items.map((row) => (row.id === current?.id ? current : row))
    return { ...page, items: items.map((report) => ({ ...report, faults: [] })) }
  }

  async function idle(): Promise<void> {
    await running?.catch(() => undefined)
  }

  return { preview, begin, get, list, discardUnended, idle }
}

/** What the file looks like; throws InvalidInput (422) when it cannot be read. */
async function preview(bytes: Uint8Array): Promise<ImportPreview> {
  try {
    const text = await requireUtf8(bytes)
    const delimiter = findDelimiter(text)
    for await (const [header, ...rows] of readRecords(text, delimiter)) {
      const columns = readColumns(header?.cells ?? [])
      const shown = rows.slice(0, PREVIEWED_ROWS).map(({ cells }) => cells)
      return { delimiter, columns, rows: shown, faults: columnFaults(columns) }
    }
    return { delimiter, columns: [], rows: [], faults: columnFaults([]) }
  } catch (error) {
    throw error instanceof UnreadableCsv ? refusal([error.fault], 1) : error
  }
}

function follow(report: ImportReport, tally: Tally): void {
  Object.assign(report, countsAndFaults(tally))
}

function countsAndFaults({ lines, created, updated, unchanged, faultCount, faults }: Tally) {
  return { lines, created, updated, unchanged, faultCount, faults }
}

function countsOf({ lines, created, updated, unchanged }: ImportReport): Record<string, string> {
  const counts = { lines, created, updated, unchanged }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]))
}

function alreadyRunning(running: ImportReport): Conflict {
  return new Conflict(`another import is running (${running.id}): wait until it is over`)
}

function changedMeanwhile(): Conflict {
  return new Conflict(
    'customers of the file were changed meanwhile: nothing was imported, try again',
  )
}

/** Nothing was imported, and why: a problem (422) that names each bad line. */
export function refusal(faults: readonly ImportFault[], faultCount: number): InvalidInput {
  const errors = faults.map(({ line, column, value, message, code }) => {
    const what = value === '' ? message : `${message} (${value})`
    return { path: column === '' ? `line ${line}` : `line ${line}: ${column}`, message: what, code }
  })
  const most = faults.length < faultCount ? `, the first ${faults.length} are listed` : ''
  const first = faults[0]?.message ?? ''
  const detail = `nothing was imported: ${faultCount} faults${most}; the first: ${first}`
  return new InvalidInput(detail, errors, 422)
}
