import type { ControlLack, PbxStatus, PbxTagsMissing } from '#contract/queues.ts'
import { versionProblem } from './asterisk-version.ts'
import { clockProblem } from './clock/pbx-clock.ts'
import {
  confirmProblem,
  dialplanProblem,
  doubledProblem,
  holdProblem,
  hoursProblem,
  steeringProblem,
  transferProblem,
} from './dialplan/dialplan-version.ts'
import { tagsProblem } from './dialplan/tags-seen.ts'

/** One of the two links to a PBX. */
export type LinkStatus = Pick<PbxStatus, 'link' | 'since' | 'problem'>

/** What was read of a PBX, beside its two links. */
export interface PbxKnown {
  version: string | null
  /** Undefined before the first login. */
  dialplan: number | null | undefined
  /** CALLBACK_CONFIRM: agents are to confirm callbacks. */
  mustConfirm: boolean
  tagsMissing: PbxTagsMissing | null
  /** 0 while the clocks agree. */
  clockAheadMs: number
  /** The link that hangs up and transfers; null without a user for it. */
  control: LinkStatus | null
}

/** A PBX is ready when both links are: membership and callbacks need the dialler. */
export function statusOf(
  pbxId: string,
  tracker: LinkStatus,
  dialler: LinkStatus,
  known: PbxKnown,
): PbxStatus {
  const { version, dialplan, mustConfirm, tagsMissing, clockAheadMs, control } = known
  const tooOld = dialplan === undefined ? null : dialplanProblem(dialplan)
  const unheld = dialplan === undefined ? null : holdProblem(dialplan)
  const unasked = dialplan === undefined || !mustConfirm ? null : confirmProblem(dialplan)
  const older = dialplan === undefined ? null : hoursProblem(dialplan)
  const doubled = dialplan === undefined || !mustConfirm ? null : doubledProblem(dialplan)
  const unsteered = dialplan === undefined ? null : steeringProblem(dialplan)
  const isListening = tracker.link === 'ready'
  const { link } = isListening ? dialler : tracker
  const since = isListening && dialler.since > tracker.since ? dialler.since : tracker.since
  const problem = [
    tracker.problem,
    dialler.problem === null ? null : `user for dialling: ${dialler.problem}`,
    versionProblem(version),
    clockProblem(clockAheadMs),
    tooOld ?? unasked ?? unheld ?? older ?? doubled ?? unsteered,
    tagsProblem(tagsMissing),
    control?.problem ? `user for hanging up and transferring: ${control.problem}` : null,
    control && dialplan !== undefined ? transferProblem(dialplan) : null,
  ].filter((line) => line !== null)
  const mayDial = tooOld === null
  const status = { pbxId, link, since, version, problem: problem.join('; ') || null, mayDial }
  const customers = older === null ? {} : { mayRingCustomers: false }
  const steering = unsteered === null ? {} : { maySteer: false }
  const clock = clockAheadMs === 0 ? {} : { clockAheadSeconds: Math.round(clockAheadMs / 1000) }
  const tags = tagsMissing === null ? {} : { tagsMissing }
  const lacking = lackOfControl(known)
  return {
    ...status,
    ...customers,
    ...steering,
    ...clock,
    ...tags,
    ...(lacking && { controlLacks: lacking }),
  }
}

function lackOfControl({ control, dialplan }: PbxKnown): ControlLack | null {
  if (control === null) return 'user'
  if (control.link !== 'ready') return 'link'
  return transferProblem(dialplan ?? null) === null ? null : 'dialplan'
}
