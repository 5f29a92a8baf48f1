import type { Db } from './schema.ts'

/** How often settings that are changed as a whole were; 0 when never. */
export async function readSettingVersion(db: Db, key: string): Promise<number> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst()
  return Number(row?.value ?? 0)
}

/** Goes on from this version; false when it is not the version any more: somebody was faster. */
export async function passSettingVersion(db: Db, key: string, version: number): Promise<boolean> {
  const value = String(version + 1)
  if (version === 0) {
    const added = await db
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  }
  const written = await db
    .updateTable('setting')
    .set({ value })
    .where('key', '=', key)
    .where('value', '=', String(version))
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
