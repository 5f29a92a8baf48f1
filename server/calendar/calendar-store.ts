import { z } from 'zod'
import { type CalendarDay, calendarDay, calendarProfile } from '#contract/calendar.ts'
import type { Db } from '../db/schema.ts'

/** Forty years of days; more would be a mistake. */
const MOST_DAYS = 2000

const CULTURE_DAY = 'calendar.culture_day_holiday'
const PROFILE = 'calendar.profile'
const SEEDED = 'calendar.seeded'

const storedSettings = z.object({
  [CULTURE_DAY]: z.enum(['0', '1']).optional(),
  [PROFILE]: calendarProfile.optional(),
  [SEEDED]: z.literal('1').optional(),
})

/** What was stored; undefined where nobody has decided yet. */
export interface CalendarSettings {
  cultureDayHoliday: boolean | undefined
  profile: z.infer<typeof calendarProfile> | undefined
  seeded: boolean
}

export async function readDays(db: Db): Promise<CalendarDay[]> {
  const rows = await db
    .selectFrom('calendar_day')
    .select(['date', 'kind', 'name', 'confidence'])
    .orderBy('date')
    .limit(MOST_DAYS)
    .execute()
  return rows.map((row) => calendarDay.parse(row))
}

/** Adds the days whose date is still free. */
export async function addMissingDays(db: Db, days: readonly CalendarDay[]): Promise<void> {
  if (days.length === 0) return
  await db
    .insertInto('calendar_day')
    .values([...days])
    .onConflict((conflict) => conflict.column('date').doNothing())
    .execute()
}

export async function replaceDays(db: Db, days: readonly CalendarDay[]): Promise<void> {
  await db.deleteFrom('calendar_day').execute()
  await addMissingDays(db, days)
}

export async function readSettings(db: Db): Promise<CalendarSettings> {
  const rows = await db
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('key', 'in', [CULTURE_DAY, PROFILE, SEEDED])
    .execute()
  const found = storedSettings.parse(Object.fromEntries(rows.map((row) => [row.key, row.value])))
  const culture = found[CULTURE_DAY]
  return {
    cultureDayHoliday: culture === undefined ? undefined : culture === '1',
    profile: found[PROFILE],
    seeded: found[SEEDED] !== undefined,
  }
}

/** Stores the settings that are given and leaves the others. */
export async function writeSettings(db: Db, settings: Partial<CalendarSettings>): Promise<void> {
  const { cultureDayHoliday, profile, seeded } = settings
  const values = [
    ...(cultureDayHoliday === undefined
      ? []
      : [{ key: CULTURE_DAY, value: cultureDayHoliday ? '1' : '0' }]),
    ...(profile === undefined ? [] : [{ key: PROFILE, value: profile }]),
    ...(seeded ? [{ key: SEEDED, value: '1' }] : []),
  ]
  if (values.length === 0) return
  await db
    .insertInto('setting')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
    )
    .execute()
}
