import { type SteeringSettings, steeringSettings } from '#contract/supervision/steering.ts'
import type { Db } from '../../db/schema.ts'

const KEY = 'steering.settings'

/** Null until administrators have saved some. */
export async function readSteeringSettings(db: Db): Promise<SteeringSettings | null> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row === undefined ? null : steeringSettings.parse(JSON.parse(row.value))
}

export async function writeSteeringSettings(db: Db, settings: SteeringSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await db
    .insertInto('setting')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
