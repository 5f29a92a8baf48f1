import { z } from 'zod'
import { team } from '#contract/primitives.ts'
import { type ViewList, viewList } from '#contract/casework/views.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Team } from '#contract/tickets.ts'
import type { Db, Row } from '../db/schema.ts'
import { MOST_VIEWS, type StoredView } from './view.ts'

/** Own ones, and those of three trades. */
const MOST_READ = 4 * MOST_VIEWS
const storedSearch = z.record(z.string(), z.string())

/** Their own and what these trades share, by name. */
export async function listViews(
  db: Db,
  of: { list: ViewList; staffId: string; trades: readonly Team[] },
): Promise<StoredView[]> {
  const rows = await db
    .selectFrom('saved_view')
    .selectAll()
    .where('list', '=', of.list)
    .where((eb) =>
      eb.or([
        eb.and([eb('staff_id', '=', of.staffId), eb('team', 'is', null)]),
        eb('team', 'in', [...of.trades]),
      ]),
    )
    .limit(MOST_READ)
    .execute()
  return rows.map(toView).toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
}

/** Those that the name of this one must not be taken by. */
export async function selectSiblings(db: Db, view: StoredView): Promise<StoredView[]> {
  const rows = await db
    .selectFrom('saved_view')
    .selectAll()
    .where('list', '=', view.list)
    .where((eb) =>
      view.team === null
        ? eb.and([eb('staff_id', '=', view.staffId), eb('team', 'is', null)])
        : eb('team', '=', view.team),
    )
    .limit(MOST_READ)
    .execute()
  return rows.map(toView)
}

export async function selectView(db: Db, id: string): Promise<StoredView | null> {
  const row = await db.selectFrom('saved_view').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toView(row)
}

export async function insertView(db: Db, view: StoredView, at: Instant): Promise<void> {
  const { id, staffId: staff_id, list, version } = view
  const row = { id, staff_id, list, version, ...toColumns(view), created_at: at, updated_at: at }
  await db.insertInto('saved_view').values(row).execute()
}

/** False when somebody was faster. */
export async function updateView(db: Db, view: StoredView, at: Instant): Promise<boolean> {
  const result = await db
    .updateTable('saved_view')
    .set({ ...toColumns(view), version: view.version, updated_at: at })
    .where('id', '=', view.id)
    .where('version', '=', view.version - 1)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function deleteView(db: Db, id: string): Promise<void> {
  await db.deleteFrom('saved_view').where('id', '=', id).execute()
}

function toColumns({ name, search, team: shared }: StoredView) {
  return { name, search: JSON.stringify(search), team: shared }
}

function toView(row: Row<'saved_view'>): StoredView {
  return {
    id: row.id,
    staffId: row.staff_id,
    list: viewList.parse(row.list),
    name: row.name,
    search: storedSearch.parse(JSON.parse(row.search)),
    team: row.team === null ? null : team.parse(row.team),
    version: row.version,
  }
}
