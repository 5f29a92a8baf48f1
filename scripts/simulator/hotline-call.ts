import type { Headers } from './frames.ts'
import {
  channelHeaders,
  closeChannel,
  IDLE,
  IN_USE,
  journalDay,
  openChannel,
  RINGING,
  setDevice,
  type Channel,
  type Member,
  type Pbx,
} from './pbx.ts'

export interface CallerPlan {
  /** As the carrier delivers it; null for a withheld number. */
  number: string | null
  queue: string
  /** How long the caller waits for somebody before hanging up. */
  patienceMs: number
  /** How long they talk. */
  talkMs: number
  /** How long the phone of this extension rings before it is picked up; null: it is not. */
  answerAfterMs: (extension: string) => number | null
}

interface Ring {
  member: Member
  channel: Channel
  startedAtMs: number
}

interface CallState {
  pbx: Pbx
  plan: CallerPlan
  caller: Channel
  joinedAtMs: number
  rings: Ring[]
  cancels: (() => void)[]
  stage: 'waiting' | 'talking' | 'over'
  holdSeconds: number
  answeredAtMs: number
}

const RING_MS = 15_000
const RETRY_MS = 1_000

export interface HotlineCall {
  uniqueid: string
  /** The customer ends the conversation now, if there is one. */
  hangUp: () => void
}

/** One customer's call from the trunk to its end. */
export function placeHotlineCall(pbx: Pbx, plan: CallerPlan): HotlineCall {
  const caller = openChannel(pbx, {
    endpoint: 'trunk',
    state: 4,
    number: plan.number ?? 'anonymous',
    context: 'from-trunk',
    exten: pbx.hotlineNumber,
  })
  caller.state = 6
  caller.context = 'hotline-queue'
  caller.exten = 's'
  caller.application = 'Queue'
  caller.applicationData = `${plan.queue},Ct,,,600`
  const shown = plan.number === null ? 'withheld' : 'allowed'
  caller.variables = [`HOTLINE=${pbx.hotlineNumber}`, `HOTLINE_CLI=${shown}`]
  const joinedAtMs = pbx.clock.nowMs()
  const call: CallState = {
    pbx,
    plan,
    caller,
    joinedAtMs,
    rings: [],
    cancels: [],
    stage: 'waiting',
    holdSeconds: 0,
    answeredAtMs: 0,
  }
  pbx.waiting.push({ channel: caller, queue: plan.queue, joinedAtMs })
  const position = String(queueOf(call).length)
  emitCall(call, 'QueueCallerJoin', [
    ['Queue', plan.queue],
    ['Position', position],
    ['Count', position],
  ])
  later(call, plan.patienceMs, () => abandon(call))
  ringPhones(call)
  return { uniqueid: caller.uniqueid, hangUp: () => end(call) }
}

/** Rings every free member; the first caller of the queue goes first. */
function ringPhones(call: CallState): void {
  if (call.stage !== 'waiting') return
  const { pbx, plan } = call
  const isFirst = queueOf(call)[0]?.channel === call.caller
  const free = pbx.members.filter(
    (member) =>
      member.queue === plan.queue &&
      !member.isPaused &&
      (pbx.devices.get(member.interface) ?? IDLE) === IDLE,
  )
  if (!isFirst || free.length === 0) {
    later(call, RETRY_MS, () => ringPhones(call))
    return
  }
  for (const member of free) ring(call, member)
  later(call, RING_MS, () => ringNoAnswer(call))
}

function ring(call: CallState, member: Member): void {
  const { pbx, caller, plan } = call
  const extension = extensionOf(member)
  const channel = openChannel(
    pbx,
    {
      endpoint: extension,
      connectedNumber: caller.number,
      application: 'AppQueue',
      applicationData: '(Outgoing Line)',
    },
    caller,
  )
  const started: Ring = { member, channel, startedAtMs: pbx.clock.nowMs() }
  call.rings.push(started)
  emitRing(call, started, 'AgentCalled', [])
  emitDial(call, 'DialBegin', channel, [['DialString', extension]])
  channel.state = 5
  setDevice(pbx, member.interface, RINGING)
  const answerAfter = plan.answerAfterMs(extension)
  if (answerAfter !== null && answerAfter < RING_MS)
    later(call, answerAfter, () => answer(call, started))
}

/** Nobody picked up in time: all phones stop, then the queue tries again. */
function ringNoAnswer(call: CallState): void {
  if (call.stage !== 'waiting') return
  for (const ringing of call.rings.splice(0)) {
    const rangMs = String(call.pbx.clock.nowMs() - ringing.startedAtMs)
    emitRing(call, ringing, 'AgentRingNoAnswer', [['RingTime', rangMs]])
    stopRinging(call, ringing, 'NOANSWER', 19)
  }
  later(call, RETRY_MS, () => ringPhones(call))
}

function stopRinging(call: CallState, ringing: Ring, status: string, cause: number): void {
  emitDial(call, 'DialEnd', ringing.channel, [['DialStatus', status]])
  closeChannel(call.pbx, ringing.channel, cause)
  setDevice(call.pbx, ringing.member.interface, IDLE)
}

function answer(call: CallState, winner: Ring): void {
  if (call.stage !== 'waiting' || !call.rings.includes(winner)) return
  const { pbx, plan, caller } = call
  call.stage = 'talking'
  cancelAll(call)
  winner.channel.state = 6
  emitDial(call, 'DialEnd', winner.channel, [['DialStatus', 'ANSWER']])
  for (const loser of call.rings.filter((ringing) => ringing !== winner))
    stopRinging(call, loser, 'CANCEL', 26)
  call.rings = [winner]
  leaveQueue(call)
  writeAnswered(call, winner)
  call.holdSeconds = secondsSince(call, call.joinedAtMs)
  call.answeredAtMs = pbx.clock.nowMs()
  emitRing(call, winner, 'AgentConnect', [
    ['RingTime', String(secondsSince(call, winner.startedAtMs))],
    ['HoldTime', String(call.holdSeconds)],
  ])
  const bridgeId = `bridge-${pbx.nextNumber()}`
  for (const channel of [caller, winner.channel]) enterBridge(pbx, channel, bridgeId)
  setDevice(pbx, winner.member.interface, IN_USE)
  later(call, plan.talkMs, () => end(call))
}

export function enterBridge(pbx: Pbx, channel: Channel, bridgeId: string): void {
  channel.bridgeId = bridgeId
  pbx.emit('call', 'BridgeEnter', [...bridgeHeaders(bridgeId), ...channelHeaders('', channel)])
}

export function leaveBridge(pbx: Pbx, channel: Channel): void {
  if (channel.bridgeId === null) return
  pbx.emit('call', 'BridgeLeave', [
    ...bridgeHeaders(channel.bridgeId),
    ...channelHeaders('', channel),
  ])
  channel.bridgeId = null
}

function bridgeHeaders(bridgeId: string): Headers {
  return [
    ['BridgeUniqueid', bridgeId],
    ['BridgeType', 'basic'],
    ['BridgeTechnology', 'simple_bridge'],
    ['BridgeCreator', '<unknown>'],
    ['BridgeName', '<unknown>'],
    ['BridgeNumChannels', '2'],
    ['BridgeVideoSourceMode', 'none'],
  ]
}

/** The customer hangs up. */
function end(call: CallState): void {
  const winner = call.rings[0]
  if (call.stage !== 'talking' || winner === undefined) return
  call.stage = 'over'
  cancelAll(call)
  const { pbx, caller } = call
  emitRing(call, winner, 'AgentComplete', [
    ['HoldTime', String(call.holdSeconds)],
    ['TalkTime', String(secondsSince(call, call.answeredAtMs))],
    ['Reason', 'caller'],
  ])
  winner.member.callsTaken += 1
  winner.member.lastCallAt = Math.floor(pbx.clock.nowMs() / 1000)
  leaveBridge(pbx, winner.channel)
  leaveBridge(pbx, caller)
  closeChannel(pbx, winner.channel, 16)
  writeEnded(call, 'answered', 16)
  closeChannel(pbx, caller, 16)
  setDevice(pbx, winner.member.interface, IDLE)
}

function abandon(call: CallState): void {
  if (call.stage !== 'waiting') return
  call.stage = 'over'
  cancelAll(call)
  emitCall(call, 'QueueCallerAbandon', [
    ['Queue', call.plan.queue],
    ['Position', '1'],
    ['OriginalPosition', '1'],
    ['HoldTime', String(secondsSince(call, call.joinedAtMs))],
  ])
  leaveQueue(call)
  for (const ringing of call.rings.splice(0)) stopRinging(call, ringing, 'CANCEL', 16)
  writeEnded(call, 'abandoned', 16)
  closeChannel(call.pbx, call.caller, 16)
}

function leaveQueue(call: CallState): void {
  call.pbx.waiting = call.pbx.waiting.filter((entry) => entry.channel !== call.caller)
  emitCall(call, 'QueueCallerLeave', [
    ['Queue', call.plan.queue],
    ['Count', String(queueOf(call).length)],
    ['Position', '1'],
  ])
}

function writeAnswered(call: CallState, winner: Ring): void {
  const { pbx, caller, plan } = call
  const hold = secondsSince(call, call.joinedAtMs)
  const from = plan.number ?? 'withheld'
  const parts = [pbx.clock.nowMs(), caller.createdAtMs, plan.queue, winner.member.interface, hold]
  const key = `hotline/${journalDay(caller.createdAtMs)}/answered/${caller.uniqueid}`
  pbx.journal.set(key, ['v1', ...parts, from, winner.channel.linkedid].join('|'))
}

function writeEnded(call: CallState, outcome: string, cause: number): void {
  const { pbx, caller, plan } = call
  const parts = [pbx.clock.nowMs(), caller.createdAtMs, outcome, cause, plan.queue]
  const key = `hotline/${journalDay(caller.createdAtMs)}/ended/${caller.uniqueid}`
  pbx.journal.set(key, ['v1', ...parts, plan.number ?? 'withheld'].join('|'))
}

function emitCall(call: CallState, name: string, headers: Headers): void {
  call.pbx.emit('agent', name, [...channelHeaders('', call.caller), ...headers])
}

function emitRing(
  call: CallState,
  { channel, member }: Ring,
  name: string,
  headers: Headers,
): void {
  emitCall(call, name, [
    ...channelHeaders('Dest', channel),
    ['Queue', call.plan.queue],
    ['MemberName', member.memberName],
    ['Interface', member.interface],
    ...headers,
  ])
}

function emitDial(call: CallState, name: string, agent: Channel, headers: Headers): void {
  call.pbx.emit('call', name, [
    ...channelHeaders('', call.caller),
    ...channelHeaders('Dest', agent),
    ...headers,
  ])
}

function queueOf({ pbx, plan }: CallState) {
  return pbx.waiting.filter((entry) => entry.queue === plan.queue)
}

function extensionOf(member: Member): string {
  return member.interface.split('/')[1] ?? member.interface
}

function secondsSince(call: CallState, ms: number): number {
  return Math.round((call.pbx.clock.nowMs() - ms) / 1000)
}

function later(call: CallState, ms: number, task: () => void): void {
  call.cancels.push(call.pbx.clock.after(ms, task))
}

function cancelAll(call: CallState): void {
  for (const cancel of call.cancels.splice(0)) cancel()
}
