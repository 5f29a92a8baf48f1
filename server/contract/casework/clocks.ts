import { z } from 'zod'

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
export const clockSettingsChange = clockSettings
export type ClockSettingsChange = z.infer<typeof clockSettingsChange>
