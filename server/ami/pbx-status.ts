import type { PbxStatus, PbxTagsMissing } from '#contract/queues.ts'
import { versionProblem } from './asterisk-version.ts'
import { clockProblem } from './clock/pbx-clock.ts'
import {
  confirmProblem,
  dialplanProblem,
  holdProblem,
  latestProblem,
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
}

/** A PBX is ready when both links are: membership and callbacks need the dialler. */
export function statusOf(
  pbxId: string,
  tracker: LinkStatus,
  dialler: LinkStatus,
  { version, dialplan, mustConfirm, tagsMissing, clockAheadMs }: PbxKnown,
): PbxStatus {
  const tooOld = dialplan === undefined ? null : dialplanProblem(dialplan)
  const unheld = dialplan === undefined ? null : holdProblem(dialplan)
  const unasked = dialplan === undefined || !mustConfirm ? null : confirmProblem(dialplan)
  const older = dialplan === undefined ? null : latestProblem(dialplan)
  const isListening = tracker.link === 'ready'
  const { link } = isListening ? dialler : tracker
  const since = isListening && dialler.since > tracker.since ? dialler.since : tracker.since
  const problem = [
    tracker.problem,
    dialler.problem === null ? null : `user for dialling: ${dialler.problem}`,
    versionProblem(version),
    clockProblem(clockAheadMs),
    tooOld ?? unasked ?? unheld ?? older,
    tagsProblem(tagsMissing),
  ].filter((line) => line !== null)
  const mayDial = tooOld === null
  const status = { pbxId, link, since, version, problem: problem.join('; ') || null, mayDial }
  const customers = older === null ? {} : { mayRingCustomers: false }
  const clock = clockAheadMs === 0 ? {} : { clockAheadSeconds: Math.round(clockAheadMs / 1000) }
  return { ...status, ...customers, ...clock, ...(tagsMissing === null ? {} : { tagsMissing }) }
}
