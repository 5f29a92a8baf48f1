import { role, type StaffMember } from '#contract/staff.ts'
import type { Db, StaffTable } from '../db/schema.ts'

/** A service has people by the dozen; everybody fits in memory. */
const LIMIT = 5000

export async function listStaff(db: Db): Promise<StaffMember[]> {
  const rows = await db.selectFrom('staff').selectAll().orderBy('username').limit(LIMIT).execute()
  return rows.map(toMember)
}

/** The PHC text of one person's password; null when there is no such active person. */
export async function findPasswordHash(db: Db, staffId: string): Promise<string | null> {
  const row = await db
    .selectFrom('staff')
    .select('password_hash')
    .where('id', '=', staffId)
    .where('active', '=', 1)
    .executeTakeFirst()
  return row?.password_hash ?? null
}

export async function insertStaff(
  db: Db,
  member: StaffMember,
  passwordHash: string,
): Promise<void> {
  await db
    .insertInto('staff')
    .values({
      ...toColumns(member),
      id: member.id,
      username: member.username,
      password_hash: passwordHash,
      created_at: member.createdAt,
      updated_at: member.createdAt,
    })
    .execute()
}

/** Saves the person when the row still has the version before; false when somebody was faster. */
export async function updateStaff(
  db: Db,
  member: StaffMember,
  passwordHash: string | null,
  now: string,
): Promise<boolean> {
  const result = await db
    .updateTable('staff')
    .set({ ...toColumns(member), updated_at: now })
    .$if(passwordHash !== null, (q) => q.set({ password_hash: passwordHash ?? '' }))
    .where('id', '=', member.id)
    .where('version', '=', member.version - 1)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Whoever else would lock this person waits until the transaction ends. */
export async function lockStaff(db: Db, staffId: string): Promise<void> {
  await db
    .updateTable('staff')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', staffId)
    .execute()
}

function toColumns(member: StaffMember) {
  return {
    display_name: member.displayName,
    role: member.role,
    extension: member.extension,
    active: member.active ? 1 : 0,
    version: member.version,
  }
}

function toMember(row: StaffTable): StaffMember {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    role: role.parse(row.role),
    extension: row.extension,
    active: row.active === 1,
    version: row.version,
    createdAt: row.created_at,
  }
}
