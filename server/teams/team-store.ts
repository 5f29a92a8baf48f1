import { z } from 'zod'
import { team } from '#contract/tickets.ts'
import type { Db, Row } from '../db/schema.ts'
import { DEFAULT_NAMES, DEFAULT_TEAMS, type StoredTeam } from './team.ts'

/** A service has teams by the dozen; all of them fit in memory. */
const MOST_TEAMS = 1000
const MOST_MEMBERS = 20_000

const storedAreas = z.array(z.string())

/** Every team, by name. */
export async function listTeams(db: Db): Promise<StoredTeam[]> {
  const rows = await db.selectFrom('team').selectAll().limit(MOST_TEAMS).execute()
  const members = await db.selectFrom('team_member').selectAll().limit(MOST_MEMBERS).execute()
  const byTeam = Map.groupBy(members, (row) => row.team_id)
  return rows
    .map((row) => toTeam(row, byTeam.get(row.id) ?? []))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi') || a.id.localeCompare(b.id))
}

/** The teams that there always are; those that are there stay as they are. */
export async function addDefaultTeams(db: Db): Promise<void> {
  const rows = team.options.map((kind) => {
    const shown = { name: DEFAULT_NAMES[kind], areas: '[]', active: 1, version: 1 }
    return { id: DEFAULT_TEAMS[kind], kind, ...shown }
  })
  await db
    .insertInto('team')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export async function insertTeam(db: Db, stored: StoredTeam): Promise<void> {
  const { id, kind, version } = stored
  await db
    .insertInto('team')
    .values({ id, kind, version, ...toColumns(stored) })
    .execute()
  await replaceMembers(db, stored)
}

/** Saves the team when the row still has the version before; false when somebody was faster. */
export async function updateTeam(db: Db, stored: StoredTeam): Promise<boolean> {
  const result = await db
    .updateTable('team')
    .set({ version: stored.version, ...toColumns(stored) })
    .where('id', '=', stored.id)
    .where('version', '=', stored.version - 1)
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) return false
  await replaceMembers(db, stored)
  return true
}

async function replaceMembers(db: Db, { id, members }: StoredTeam): Promise<void> {
  await db.deleteFrom('team_member').where('team_id', '=', id).execute()
  if (members.length === 0) return
  const rows = members.map(({ staffId, isLead }) => {
    return { team_id: id, staff_id: staffId, is_lead: isLead ? 1 : 0 }
  })
  await db.insertInto('team_member').values(rows).execute()
}

function toColumns({ name, areas, active }: StoredTeam) {
  return { name, areas: JSON.stringify(areas), active: active ? 1 : 0 }
}

function toTeam(row: Row<'team'>, members: readonly Row<'team_member'>[]): StoredTeam {
  return {
    id: row.id,
    kind: team.parse(row.kind),
    name: row.name,
    areas: storedAreas.parse(JSON.parse(row.areas)),
    active: row.active === 1,
    version: row.version,
    members: members.map((one) => ({ staffId: one.staff_id, isLead: one.is_lead === 1 })),
  }
}
