import { z } from 'zod'
import { type MissedRule, missedRule } from '#contract/casework/missed.ts'
import type { Db } from '../../db/schema.ts'

const KEY = 'callbacks.missed_rules'
const stored = z.record(z.string(), missedRule)

/** The rules that were set, by queue. */
export async function readMissedRules(db: Db): Promise<Readonly<Record<string, MissedRule>>> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row === undefined ? {} : stored.parse(JSON.parse(row.value))
}

export async function writeMissedRules(
  db: Db,
  rules: Readonly<Record<string, MissedRule>>,
): Promise<void> {
  const value = JSON.stringify(rules)
  await db
    .insertInto('setting')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
