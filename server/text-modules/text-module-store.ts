import type { Db, Row } from '../db/schema.ts'

export type StoredModule = Row<'text_module'>

/** By name. */
export async function listModules(db: Db, limit: number): Promise<StoredModule[]> {
  return db.selectFrom('text_module').selectAll().orderBy('name').limit(limit).execute()
}

export async function selectModule(db: Db, id: string): Promise<StoredModule | undefined> {
  return db.selectFrom('text_module').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function selectModuleByName(db: Db, name: string): Promise<StoredModule | undefined> {
  return db.selectFrom('text_module').selectAll().where('name', '=', name).executeTakeFirst()
}

/** False when the name or the id is taken. */
export async function insertModule(db: Db, row: StoredModule): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('text_module')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Saves the module when the row still has the version before; false when somebody was faster. */
export async function updateModule(db: Db, row: StoredModule): Promise<boolean> {
  const { id, ...columns } = row
  const result = await db
    .updateTable('text_module')
    .set(columns)
    .where('id', '=', id)
    .where('version', '=', row.version - 1)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
