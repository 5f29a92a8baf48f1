import { type Company, type CompanyView, companyView } from '#contract/casework/receipts.ts'
import type { Db } from '../db/schema.ts'
import { readSetting, replaceSetting } from '../db/setting.ts'

const KEY = 'company'

/** What was stored; null when nobody has said anything yet. */
export function readCompany(db: Db): Promise<CompanyView | null> {
  return readSetting(db, KEY, companyView)
}

/** Stores the company as the version after `before`; whether `before` was still there. */
export function writeCompany(
  db: Db,
  before: CompanyView | null,
  company: Company,
): Promise<boolean> {
  const after = { ...company, version: (before?.version ?? 0) + 1 }
  return replaceSetting(db, KEY, { before, after })
}
