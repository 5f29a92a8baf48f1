import { z, type ZodType } from 'zod'
import type { Db } from './schema.ts'

/** What is kept under this key; null when nothing is. Throws when it is something else. */
export async function readSetting<T>(db: Db, key: string, kept: ZodType<T>): Promise<T | null> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst()
  return row === undefined ? null : kept.parse(JSON.parse(row.value))
}

/** Keeps it under this key, in place of what was there. */
export async function writeSetting(db: Db, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  await db
    .insertInto('setting')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
    .execute()
}

/** How often settings that are changed as a whole were; 0 when never. */
export async function readSettingVersion(db: Db, key: string): Promise<number> {
  return (await readSetting(db, key, z.number())) ?? 0
}

/** Goes on from this version; false when it is not the version any more: somebody was faster. */
export function passSettingVersion(db: Db, key: string, version: number): Promise<boolean> {
  return replaceSetting(db, key, { before: version === 0 ? null : version, after: version + 1 })
}

/** Keeps `after` in place of `before`, null: of nothing; false when that is not there any more: somebody was faster. */
export async function replaceSetting(
  db: Db,
  key: string,
  { before, after }: { before: unknown; after: unknown },
): Promise<boolean> {
  const value = JSON.stringify(after)
  if (before === null) {
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
    .where('value', '=', JSON.stringify(before))
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
