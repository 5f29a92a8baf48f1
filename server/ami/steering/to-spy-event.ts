import type { Instant } from '#contract/primitives.ts'
import type { SpyEvent } from '../../control/steering/steering-order.ts'
import type { AmiEvent } from '../ami-event.ts'

/** What an AMI event says of supervisors who hear calls; null for all others. */
export function toSpyEvent(pbxId: string, event: AmiEvent, at: Instant): SpyEvent | null {
  if (event.event !== 'ChanSpyStart' && event.event !== 'ChanSpyStop') return null
  const { spyeruniqueid: spyUniqueid, spyeeuniqueid } = event
  const type = event.event === 'ChanSpyStart' ? 'spy_started' : 'spy_stopped'
  return { pbxId, at, type, spyUniqueid, heardUniqueid: spyeeuniqueid ?? null }
}
