import type { Logger } from '../../logger.ts'
import type { CallingHours } from '../../ports.ts'
import { headerOf } from '../ami-frame.ts'
import type { AmiSession } from '../ami-session.ts'
import { HOURS_QUESTION, hoursAction, keptHours } from '../orders/pbx-actions.ts'
import { listFrom } from '../pbx-reader.ts'
import type { Resync } from '../resync.ts'
import { hoursProblem } from './dialplan-version.ts'

export interface HoursDeps {
  pbxId: string
  logger: Logger
  resync: Pick<Resync, 'dialplan'>
  /** The one that listens, the one that dials. */
  links: () => [AmiSession, AmiSession]
  callingHours: () => CallingHours
}

/**
 * Keeps the calling hours where the dialplan of one PBX reads them: a caller who asks for a callback after
 * them hears when it will come. Nothing else depends on it, so a failure is only logged, and the next check
 * tells it again.
 */
export function createHoursSession(deps: HoursDeps) {
  /** Safe to repeat: what is told already is not told again. */
  async function tell(): Promise<void> {
    const [tracker, dialler] = deps.links()
    if (dialler.status().link !== 'ready') return
    if (hoursProblem(deps.resync.dialplan() ?? null) !== null) return
    try {
      const hours = deps.callingHours()
      const kept = await listFrom(tracker, HOURS_QUESTION)
      if (kept.some((frame) => headerOf(frame, 'val') === keptHours(hours))) return
      await dialler.request(hoursAction(hours))
    } catch (error) {
      deps.logger.warn({ pbxId: deps.pbxId, err: error }, 'the calling hours could not be told')
    }
  }

  return { tell }
}
