import { z } from 'zod'
import type { Db } from '../db/schema.ts'

const KEY = 'alarms.webhook'

const stored = z.object({
  url: z.string(),
  allowPrivate: z.boolean(),
  sealedSecret: z.string().nullable(),
})
export type StoredWebhook = z.infer<typeof stored>

export const NO_WEBHOOK: StoredWebhook = { url: '', allowPrivate: false, sealedSecret: null }

export async function readWebhook(db: Db): Promise<StoredWebhook> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row === undefined ? NO_WEBHOOK : stored.parse(JSON.parse(row.value))
}

export async function writeWebhook(db: Db, webhook: StoredWebhook): Promise<void> {
  const value = JSON.stringify(webhook)
  await db
    .insertInto('setting')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
