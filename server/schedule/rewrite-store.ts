import { z } from 'zod'
import type { Db } from '../db/schema.ts'

/** How far rows of one kind have been gone through; `after` is null when all have been. */
export interface RewritePlace {
  rules: string
  after: string | null
}

const storedPlace = z.object({ rules: z.string(), after: z.string().nullable() })

export async function selectPlace(db: Db, name: string): Promise<RewritePlace | null> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', keyOf(name))
    .executeTakeFirst()
  return row === undefined ? null : storedPlace.parse(JSON.parse(row.value))
}

export async function savePlace(db: Db, name: string, place: RewritePlace): Promise<void> {
  const value = JSON.stringify(place)
  await db
    .insertInto('setting')
    .values({ key: keyOf(name), value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

function keyOf(name: string): string {
  return `rewritten.${name}`
}
