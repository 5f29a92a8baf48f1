import { type CallbackSettings, callbackSettings } from '#contract/casework/callback-settings.ts'
import type { Db } from '../../db/schema.ts'

const KEY = 'callbacks'

/** What administrators saved; null while they saved nothing. */
export async function readCallbackSettings(db: Db): Promise<CallbackSettings | null> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row === undefined ? null : callbackSettings.parse(JSON.parse(row.value))
}

export async function writeCallbackSettings(db: Db, settings: CallbackSettings): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key: KEY, value: JSON.stringify(settings) })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
    )
    .execute()
}
