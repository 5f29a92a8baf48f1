import { jobs } from './vi-jobs.ts'
import { nocTexts } from './vi-noc.ts'
import { settings } from './vi-settings.ts'

/** Vietnamese texts that no sign-in and no agent's desk has: they come with the first other screen. */
export const viLater = { ...jobs, ...nocTexts, ...settings }
