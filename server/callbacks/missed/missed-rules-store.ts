import { z } from 'zod'
import { type MissedRule, missedRule } from '#contract/casework/missed.ts'
import type { Db } from '../../db/schema.ts'
import { readSetting, writeSetting } from '../../db/setting.ts'

const KEY = 'callbacks.missed_rules'
const stored = z.record(z.string(), missedRule)

type MissedRules = Readonly<Record<string, MissedRule>>

/** The rules that were set, by queue. */
export async function readMissedRules(db: Db): Promise<MissedRules> {
  return (await readSetting(db, KEY, stored)) ?? {}
}

export function writeMissedRules(db: Db, rules: MissedRules): Promise<void> {
  return writeSetting(db, KEY, rules)
}
