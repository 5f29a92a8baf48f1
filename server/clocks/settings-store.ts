import { z } from 'zod'
import type { Db } from '../db/schema.ts'
import { type ClockSettings, DEFAULT_SETTINGS } from './clock-rules.ts'

const KEYS: Readonly<Record<keyof ClockSettings, string>> = {
  restorationUrbanHours: 'clocks.restoration_urban_hours',
  restorationRuralHours: 'clocks.restoration_rural_hours',
}

const hours = z.coerce.number().int().min(1).max(1000)

/** What was set, and the defaults for the rest. */
export async function readClockSettings(db: Db): Promise<ClockSettings> {
  const rows = await db
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('key', 'in', Object.values(KEYS))
    .execute()
  const stored = new Map(rows.map((row) => [row.key, row.value]))
  const read = (name: keyof ClockSettings) => {
    const value = stored.get(KEYS[name])
    return value === undefined ? DEFAULT_SETTINGS[name] : hours.parse(value)
  }
  return {
    restorationUrbanHours: read('restorationUrbanHours'),
    restorationRuralHours: read('restorationRuralHours'),
  }
}

export async function writeClockSettings(db: Db, settings: ClockSettings): Promise<void> {
  const values = [
    { key: KEYS.restorationUrbanHours, value: String(settings.restorationUrbanHours) },
    { key: KEYS.restorationRuralHours, value: String(settings.restorationRuralHours) },
  ]
  await db
    .insertInto('setting')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
    )
    .execute()
}
