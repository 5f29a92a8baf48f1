import { z } from 'zod'
import { revision } from '../primitives.ts'

/** The alarms of a clock, in order; a promise has the two before its due moment, the others shares. */
export const alarmStep = z.enum(['minutes_10', 'minutes_5', 'half', 'most', 'due', 'management'])
export type AlarmStep = z.infer<typeof alarmStep>

const hours = z.number().int().min(1).max(1000)

/** Within how many hours service is to be restored, by the class of the area. */
export const clockSettings = z.object({
  restorationUrbanHours: hours,
  restorationRuralHours: hours,
})
export type ClockSettings = z.infer<typeof clockSettings>
/** With how often they were changed; a change names the version that was read, another one is refused (409). */
export const clockSettingsView = clockSettings.extend({ version: revision })
export type ClockSettingsView = z.infer<typeof clockSettingsView>
