import { z } from 'zod'

/** The alarms of a clock, in order; a promise has the two before its due moment, the others shares. */
export const alarmStep = z.enum(['minutes_10', 'minutes_5', 'half', 'most', 'due', 'management'])
export type AlarmStep = z.infer<typeof alarmStep>
