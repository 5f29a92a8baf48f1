/**
 * What the service needs of `dialplan/hotline.conf` (its global HOTLINE_DIALPLAN). 2: nothing but our
 * own channel may dial a customer, and orders expire.
 */
export const DIALPLAN_NEEDED = 2
/** From this version on it rings mobiles and hangs up what we placed. */
const DIALPLAN_OF_MOBILES = 3
/** From this version on it asks the agent to confirm before the customer is dialled. */
export const DIALPLAN_OF_CONFIRMING = 4
/** From this version on callers may keep their place and hang up. */
export const DIALPLAN_OF_HOLDING = 5
/** From this version on it knows in which hours customers are called back, and rings customers before agents. */
const DIALPLAN_OF_HOURS = 6
/** From this version on the page can transfer callers and those whom we called. */
const DIALPLAN_OF_TRANSFERS = 8
/**
 * From this version on supervisors hear calls, send who waits in a queue, and close it for everybody: 9 and 10
 * sent back whom they talked to before.
 */
const DIALPLAN_OF_STEERING = 11
/** From this version on a key pressed twice in the page confirms once. */
const DIALPLAN_OF_ONE_CONFIRMING = 10
export const DIALPLAN_GLOBAL = 'HOTLINE_DIALPLAN'

/** The version as the PBX answers; 1 when the dialplan states none; null when it may not be asked. */
export function readDialplanVersion(answer: string | null): number | null {
  if (answer === null) return null
  return /^\d{1,4}$/.test(answer) ? Number(answer) : 1
}

/** One line about a dialplan that is too old or cannot be asked, or null when it will do. */
export function dialplanProblem(version: number | null): string | null {
  if (version === null) {
    return 'the version of the dialplan cannot be read, so promises are not dialled: the tracker needs write = reporting'
  }
  if (version >= DIALPLAN_NEEDED) return null
  return `the dialplan is version ${version}, so promises are not dialled: copy dialplan/hotline.conf (version ${DIALPLAN_NEEDED}) and reload it`
}

/** One line about a dialplan that rings no mobiles and hangs nothing up, or null when it does. */
export function mobileProblem(version: number | null): string | null {
  if (version !== null && version >= DIALPLAN_OF_MOBILES) return null
  return `the dialplan rings no mobiles and hangs no calls up: copy dialplan/hotline.conf (version ${DIALPLAN_OF_MOBILES}) and reload it`
}

/**
 * One line about a dialplan that dials customers without asking the agent first, or null when it asks.
 * Promises are dialled all the same: kept without the question is better than not kept.
 */
export function confirmProblem(version: number | null): string | null {
  if (version !== null && version >= DIALPLAN_OF_CONFIRMING) return null
  return `the dialplan does not ask agents to confirm callbacks, so a voicemail of theirs may meet a customer: copy dialplan/hotline.conf (version ${DIALPLAN_OF_CONFIRMING}) and reload it, or set CALLBACK_CONFIRM=off`
}

/** One line about a dialplan in which two answers of one agent may ring the customer twice, or null when they cannot. */
export function doubledProblem(version: number | null): string | null {
  if (version !== null && version >= DIALPLAN_OF_ONE_CONFIRMING) return null
  return `the dialplan may ring a customer twice when a callback is confirmed twice in the page: copy dialplan/hotline.conf (version ${DIALPLAN_OF_ONE_CONFIRMING}) and reload it`
}

/** One line about a dialplan that lets no caller keep a place and hang up, or null when it does. */
export function holdProblem(version: number | null): string | null {
  if (version !== null && version >= DIALPLAN_OF_HOLDING) return null
  return `the dialplan offers callers no callback instead of waiting: copy dialplan/hotline.conf and the offer in dialplan/queues.conf (version ${DIALPLAN_OF_HOLDING}) and reload them`
}

/** One line about a dialplan that does not know the calling hours and rings no customers first, or null when it does. */
export function hoursProblem(version: number | null): string | null {
  if (version !== null && version >= DIALPLAN_OF_HOURS) return null
  return `the dialplan does not know the calling hours, so who asks for a callback after them hears that their turn comes, and rings no customers first: copy dialplan/hotline.conf and dialplan/prompts (version ${DIALPLAN_OF_HOURS}) and reload it`
}

/** One line about a dialplan that takes nobody whom the page transfers, or null when it does. */
export function transferProblem(version: number | null): string | null {
  if (version !== null && version >= DIALPLAN_OF_TRANSFERS) return null
  return `the dialplan takes no calls that are transferred in the page: copy dialplan/hotline.conf (version ${DIALPLAN_OF_TRANSFERS}) and reload it`
}

/** One line about a dialplan in which no supervisor can hear calls and take callers out of queues, or null when they can. */
export function steeringProblem(version: number | null): string | null {
  if (version !== null && version >= DIALPLAN_OF_STEERING) return null
  return `the dialplan lets no supervisor listen to calls, send a waiting caller to an agent or close a queue: copy dialplan/hotline.conf and dialplan/prompts (version ${DIALPLAN_OF_STEERING}) and reload it`
}
