import { role, type StaffMember } from '#contract/staff.ts'
import type { Db } from '../db/schema.ts'
import type { StaffTable } from '../db/staff-tables.ts'

/** A service has people by the dozen; everybody fits in memory. */
const LIMIT = 5000

export async function listStaff(db: Db): Promise<StaffMember[]> {
  const rows = await db.selectFrom('staff').selectAll().orderBy('username').limit(LIMIT).execute()
  return rows.map(toMember)
}

/** What a password is compared with, and the version of the person who has it. */
export interface Credential {
  hash: string
  version: number
}

/** The PHC text of one person's password; null when there is no such active person. */
export async function findCredential(db: Db, staffId: string): Promise<Credential | null> {
  const row = await db
    .selectFrom('staff')
    .select(['password_hash', 'version'])
    .where('id', '=', staffId)
    .where('active', '=', 1)
    .executeTakeFirst()
  return row === undefined ? null : { hash: row.password_hash, version: row.version }
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

/** The person of a user name, as the row is now. */
export async function findByUsername(db: Db, username: string): Promise<StaffMember | null> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('username', '=', username)
    .executeTakeFirst()
  return row === undefined ? null : toMember(row)
}

/** Leaves the version alone: a service that runs meanwhile keeps everybody in memory by it. */
export async function setPassword(
  db: Db,
  staffId: string,
  passwordHash: string,
  now: string,
): Promise<void> {
  await db
    .updateTable('staff')
    .set({ password_hash: passwordHash, updated_at: now })
    .where('id', '=', staffId)
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

const ADMINISTRATORS = 'administrators'

/** Whoever else would take an administrator away waits until the transaction ends. */
export async function lockAdministrators(db: Db): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key: ADMINISTRATORS, value: 'locked while one leaves' })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({ value: eb.ref('setting.value') })),
    )
    .execute()
}

/** Whether somebody else than this person can administer the service. */
export async function hasOtherAdministrator(db: Db, staffId: string): Promise<boolean> {
  const row = await db
    .selectFrom('staff')
    .select('id')
    .where('role', '=', 'admin')
    .where('active', '=', 1)
    .where('id', '<>', staffId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
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
    mobile: member.mobile,
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
    mobile: row.mobile,
    active: row.active === 1,
    version: row.version,
    createdAt: row.created_at,
  }
}
