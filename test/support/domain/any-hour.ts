import type { DayHours } from '../../../server/callbacks/policy/calling-hours.ts'

/** Customers are called day and night: what is tested depends on no hour. */
export const ANY_HOUR: DayHours = { from: '00:00', to: '24:00' }
