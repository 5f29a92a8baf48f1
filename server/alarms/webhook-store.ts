import { z } from 'zod'
import type { Db } from '../db/schema.ts'
import { readSetting, writeSetting } from '../db/setting.ts'

const KEY = 'alarms.webhook'

const stored = z.object({
  url: z.string(),
  allowPrivate: z.boolean(),
  sealedSecret: z.string().nullable(),
})
export type StoredWebhook = z.infer<typeof stored>

export const NO_WEBHOOK: StoredWebhook = { url: '', allowPrivate: false, sealedSecret: null }

export async function readWebhook(db: Db): Promise<StoredWebhook> {
  return (await readSetting(db, KEY, stored)) ?? NO_WEBHOOK
}

export function writeWebhook(db: Db, webhook: StoredWebhook): Promise<void> {
  return writeSetting(db, KEY, webhook)
}
