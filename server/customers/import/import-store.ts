import type { Selectable } from 'kysely'
import { z } from 'zod'
import { importFault, importReport, type ImportReport } from '#contract/customer-import.ts'
import type { CustomerImportTable } from '../../db/customer-tables.ts'
import type { Db } from '../../db/schema.ts'

type ImportColumns = Selectable<CustomerImportTable>

const faultList = z.array(importFault)

export async function insertImport(db: Db, report: ImportReport, byId: string): Promise<void> {
  await db
    .insertInto('customer_import')
    .values({ id: report.id, by_id: byId, ...columnsOf(report) })
    .execute()
}

/** An import that has ended stays as it ended: its commit may be there though its answer was lost. */
export async function updateImport(db: Db, report: ImportReport): Promise<void> {
  await db
    .updateTable('customer_import')
    .set(columnsOf(report))
    .where('id', '=', report.id)
    .where('ended_at', 'is', null)
    .execute()
}

export async function selectImport(db: Db, id: string): Promise<ImportReport | null> {
  const row = await db
    .selectFrom('customer_import')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toReport(row)
}

/** Newest first, by id. */
export async function selectImports(
  db: Db,
  page: { limit: number; beforeId: string | undefined },
): Promise<ImportReport[]> {
  let select = db.selectFrom('customer_import').selectAll().orderBy('id', 'desc').limit(page.limit)
  if (page.beforeId !== undefined) select = select.where('id', '<', page.beforeId)
  return (await select.execute()).map(toReport)
}

/** Imports that were under way, but for this one. */
export async function selectUnended(db: Db, exceptId: string): Promise<ImportReport[]> {
  const rows = await db
    .selectFrom('customer_import')
    .selectAll()
    .where('status', 'in', ['reading', 'switching'])
    .where('id', '<>', exceptId)
    .execute()
  return rows.map(toReport)
}

function columnsOf(report: ImportReport): Omit<ImportColumns, 'id' | 'by_id'> {
  const { status, lines, created, updated, unchanged } = report
  return {
    status,
    dry_run: report.dryRun ? 1 : 0,
    started_at: report.startedAt,
    ended_at: report.endedAt,
    lines,
    created,
    updated,
    unchanged,
    fault_count: report.faultCount,
    faults: JSON.stringify(report.faults),
  }
}

function toReport(row: ImportColumns): ImportReport {
  return importReport.parse({
    id: row.id,
    status: row.status,
    dryRun: row.dry_run === 1,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    lines: row.lines,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    faultCount: row.fault_count,
    faults: faultList.parse(JSON.parse(row.faults)),
  })
}
