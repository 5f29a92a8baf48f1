import type { PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import { popStage, type PopStage, type ScreenPop } from '#contract/screen-pop.ts'
import type { Call } from '../calls/conversation/call.ts'
import { waitSeconds } from '../calls/conversation/durations.ts'

/** What can happen to one agent's pop of one call. */
export type PopCommand = 'ring' | 'answer' | 'withdraw' | 'end'

/**
 * Where a command leads from each stage; a stage that is not named stays as it is, so that late and
 * doubled commands change nothing. A phone may ring again for a call that it had rung or had before.
 */
export const POP_TRANSITIONS: Readonly<
  Record<PopCommand, Readonly<Partial<Record<PopStage, PopStage>>>>
> = {
  ring: { withdrawn: 'ringing', ended: 'ringing' },
  answer: { ringing: 'answered', withdrawn: 'answered', ended: 'answered' },
  withdraw: { ringing: 'withdrawn' },
  end: { ringing: 'withdrawn', answered: 'ended' },
}

/** Pops in these stages are on somebody's screen now. */
export const LIVE_STAGES: readonly PopStage[] = ['ringing', 'answered']

/** A recovered answer older than this is history: it gets its ticket and no pop. */
const STALE_AFTER_MS = 30_000
const FIRST_RESEND_MS = 2_000
const LONGEST_RESEND_MS = 30_000

/** The stage after a command, or null when the command changes nothing. */
export function nextStage(stage: PopStage, command: PopCommand): PopStage | null {
  return POP_TRANSITIONS[command][stage] ?? null
}

/** The stages that a command changes. */
export function stagesChangedBy(command: PopCommand): PopStage[] {
  return popStage.options.filter((stage) => nextStage(stage, command) !== null)
}

export function isLive(stage: PopStage): boolean {
  return LIVE_STAGES.includes(stage)
}

/**
 * Whether an answer would be old news: the call is over, or the newest agent began to speak long
 * before anyone listened. A later agent of a recovered call is heard live and is not old.
 */
export function isStaleAnswer(call: Call, now: Instant): boolean {
  if (call.status === 'ended') return true
  const startedAt = call.segments.at(-1)?.startedAt
  if (!call.recovered || startedAt === undefined) return false
  return Date.parse(now) - Date.parse(startedAt) > STALE_AFTER_MS
}

/** How long to wait before sending again what the browser has not acknowledged: 2, 4, 8 … 30 s. */
export function resendDelayMs(timesSent: number): number {
  return Math.min(FIRST_RESEND_MS * 2 ** Math.max(0, timesSent - 1), LONGEST_RESEND_MS)
}

/** The call as the pop shows it; `at` is when the pop last changed. */
export function popCall(
  callId: string,
  call: Call,
  number: PhoneNumber,
  at: Instant,
): ScreenPop['call'] {
  const soFar = Math.max(0, Math.round((Date.parse(at) - Date.parse(call.enteredAt)) / 1000))
  return {
    id: callId,
    pbxId: call.pbxId,
    number,
    display: callerName(call, number),
    queue: call.queue,
    enteredAt: call.enteredAt,
    waitSeconds: waitSeconds(call) ?? soFar,
    answeredAt: call.answeredAt,
    direction: call.direction,
  }
}

/** What is unusual about the call, the most useful first. */
export function popNotice(call: Call, number: PhoneNumber): ScreenPop['notice'] {
  if (call.direction === 'callback') return 'callback'
  if (call.recovered) return 'recovered'
  return number.kind === 'anonymous' ? 'hidden_number' : null
}

/** The name that the network sends, unless it is only the number again. */
function callerName(call: Call, number: PhoneNumber): string {
  const name = call.withheld ? '' : (call.callerIdName ?? '').trim()
  return /[^\d\s+]/.test(name) ? name : number.display
}
