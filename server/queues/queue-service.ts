import type { Instant } from '#contract/primitives.ts'
import type { PhoneDevice } from '#contract/staff.ts'
import type { LiveQueue, MemberState, PbxStatus } from '#contract/queues.ts'
import type { Logger } from '../logger.ts'
import type { Cancel, Clock, Notifier } from '../ports.ts'
import type { LostMembership, Membership } from './agent-state.ts'
import { type BoardDeps, createBoard } from './board-service.ts'
import { createOnBoard, type OnBoardDeps } from './board/on-board-service.ts'
import {
  applyQueueEvent,
  emptyPbx,
  changedExtensions,
  endWrapUps,
  forgetLost,
  type LiveLine,
  type LiveMember,
  type LivePbx,
  membersTouched,
  nextWrapUpEnd,
} from './live-queue.ts'
import { localNumber } from './local-member.ts'
import { mostTelling, wrapUpEndsAt } from './member-state.ts'
import { withQueueRest } from './members/queue-rest.ts'
import type { RestingIn } from './members/wrap-up-service.ts'
import type { QueueEvent } from './queue-event.ts'
import { type ViewSources, viewQueues } from './queues-view.ts'
import type { AgentDaysDeps } from './today/agent-days-service.ts'
import { createTodayService } from './today/today-service.ts'

export interface QueueServiceDeps
  extends OnBoardDeps, Pick<BoardDeps, 'owed'>, Pick<AgentDaysDeps, 'staffByExtensionAt'> {
  clock: Clock
  notifier: Pick<Notifier, 'queuesPatch' | 'pbxStatus'>
  logger: Logger
  /** HOTLINE_QUEUES: other queues of the PBX are none of ours. */
  hotlineQueues: readonly string[]
  /** WRAP_UP_SECONDS: how long its queues leave a phone alone after a call. */
  wrapUpSeconds: number
  /** Every configured PBX, in the order of the page. */
  pbxIds: readonly string[]
  staffName: (extension: string) => string | null
  /** Whether its person has a page open; null when it is nobody's phone. */
  hasPage: (extension: string) => boolean | null
  /** The supervisor who paused this phone in this queue. */
  pausedBy: (extension: string, queue: string) => string | null
  heardBy: ViewSources['heardBy']
  unansweredSince: ViewSources['unansweredSince']
  /** At which of their phones the person of this extension is. */
  deviceOf: (extension: string) => PhoneDevice
  /** The board was published anew. */
  onBoard: () => void
  /** Members came, went, paused or rested on a PBX; null means any of them (a snapshot). */
  onMembers: (pbxId: string, extensions: readonly string[] | null) => void
}

const PHONES = ['PJSIP/', 'SIP/', 'PJSIP/web-']

export type QueueService = ReturnType<typeof createQueueService>

/** The live queues: what supervisors watch. All in memory; the PBX is the truth. */
export function createQueueService(deps: QueueServiceDeps) {
  const { clock, hotlineQueues } = deps
  const pbxs = new Map<string, LivePbx>(deps.pbxIds.map((pbxId) => [pbxId, emptyPbx(pbxId)]))
  const heardAt = new Map<string, Instant>()
  const startedAt = clock.now()
  let cancelWrapUp: Cancel | null = null
  let connected: ReadonlySet<string> = new Set()
  const onBoard = createOnBoard(deps, () => ourLines())
  const today = createTodayService({ ...deps, busyWith, onChange: () => board.schedule() })
  const board = createBoard({ ...deps, prepare: onBoard.learn, view, asOf })

  /** Sums up today's calls; call it before the PBX is listened to. */
  async function start(): Promise<void> {
    await today.start()
    board.start()
  }

  /** What the rows say of those on the board is read again. */
  function readAgain(): void {
    onBoard.readAgain()
    board.schedule()
  }

  function stop(): void {
    cancelWrapUp?.()
    cancelWrapUp = null
    today.stop()
    board.stop()
  }

  function setPbxStatus(status: PbxStatus[]): void {
    connected = new Set(status.flatMap(({ pbxId, link }) => (link === 'ready' ? pbxId : [])))
    board.setPbxStatus(status)
  }

  function handle(event: QueueEvent): void {
    const before = pbxs.get(event.pbxId)
    if (before === undefined) return
    heardAt.set(event.pbxId, clock.now())
    const told = withQueueRest(event, deps.wrapUpSeconds)
    pbxs.set(event.pbxId, applyQueueEvent(before, told))
    endRests()
    const members = membersTouched(event, before)
    if (event.type === 'queue_snapshot') board.noteNewWord()
    else board.schedule()
    if (members !== 'none') membersChanged(event.pbxId, members)
  }

  /** Whoever has rested long enough after a call is told so, now and when the next rest ends. */
  function endRests(): void {
    for (const [pbxId, pbx] of pbxs) {
      const rested = endWrapUps(pbx, clock.now())
      if (rested === pbx) continue
      pbxs.set(pbxId, rested)
      membersChanged(pbxId, changedExtensions(pbx, rested))
    }
    cancelWrapUp?.()
    cancelWrapUp = null
    const ends = [...pbxs.values()].flatMap((pbx) => nextWrapUpEnd(pbx) ?? [])
    const next = ends.toSorted()[0]
    if (next === undefined) return
    cancelWrapUp = clock.after(Math.max(0, Date.parse(next) - clock.nowMs()), () => {
      endRests()
      board.schedule()
    })
  }

  function membersChanged(pbxId: string, extensions: readonly string[] | null): void {
    today.onMembers(extensions)
    deps.onMembers(pbxId, extensions)
  }

  /** A pause that prolongs the rest after a call is that rest. */
  function busyWith(extension: string): 'call' | 'rest' | 'free' | null {
    const state = memberOf(extension)?.state
    if (state === undefined) return null
    if (state === 'in_call') return 'call'
    if (state === 'wrap_up') return 'rest'
    const isProlonged = membershipsOf(extension).some(
      ({ pauseReason }) => pauseReason === 'wrap_up',
    )
    return state === 'paused' && isProlonged ? 'rest' : 'free'
  }

  const ourLines = (): LiveLine[] =>
    [...pbxs.values()].flatMap((pbx) => hotlineQueues.flatMap((name) => pbx.queues.get(name) ?? []))

  function view(): LiveQueue[] {
    const now = clock.now()
    return [...pbxs.values()].flatMap((pbx) =>
      viewQueues(pbx, hotlineQueues, {
        numberOf: onBoard.numberOf,
        staffName: deps.staffName,
        hasPage: deps.hasPage,
        callOf: deps.talkingOn,
        partyOf: onBoard.partyOf,
        pausedBy: deps.pausedBy,
        factsOf: onBoard.factsOf,
        heardBy: deps.heardBy,
        unansweredSince: deps.unansweredSince,
        today: (pbxId, queue) => today.of({ pbxId, queue }),
        dayOf: (extension) => today.ofPhone(extension, now),
      }),
    )
  }

  /** The oldest of the PBXs' last words: nothing on the page is older. */
  function asOf(): Instant {
    const words = [...pbxs.keys()].map((pbxId) => heardAt.get(pbxId) ?? startedAt)
    return words.toSorted()[0] ?? startedAt
  }

  function membersOf(extension: string, which: 'members' | 'lost' = 'members') {
    return [...pbxs.values()].flatMap((pbx) =>
      hotlineQueues.flatMap((queue) => {
        const line = pbx.queues.get(queue)
        return [...(line?.[which].values() ?? [])]
          .filter((member) => member.view.extension === extension)
          .map((member) => ({ pbxId: pbx.pbxId, queue, member, exists: line?.exists === true }))
      }),
    )
  }

  /** The hotline queues in which the PBXs show this extension. */
  function membershipsOf(extension: string): Membership[] {
    return membersOf(extension).map(({ pbxId, queue, member }) => ({
      pbxId,
      queue,
      paused: member.view.paused,
      pauseReason: member.view.pauseReason,
      isReachable: member.state !== 'unavailable',
      ...(deps.deviceOf(extension) === (member.view.isWeb ? 'web' : 'desk')
        ? {}
        : { isStray: true as const }),
    }))
  }

  /** The hotline queues of connected PBXs that leave this phone alone after a call, each until when. */
  function restingIn(extension: string): RestingIn[] {
    return membersOf(extension).flatMap(({ pbxId, queue, member }) => {
      const endsAt = wrapUpEndsAt(member.view)
      const isResting = connected.has(pbxId) && endsAt !== null && endsAt > clock.now()
      return isResting ? { pbxId, queue, endsAt } : []
    })
  }

  /** The hotline queues that lost this extension without a word, and whether they are there. */
  function lostOf(extension: string): LostMembership[] {
    return membersOf(extension, 'lost').map(({ pbxId, queue, exists }) => ({
      pbxId,
      queue,
      exists,
    }))
  }

  function forgetLostOf(extension: string): void {
    for (const [pbxId, pbx] of pbxs) pbxs.set(pbxId, forgetLost(pbx, extension))
  }

  /** A member by a Local channel that leads to this extension; `pbxId` null: on any PBX. */
  function localMemberOf(extension: string, pbxId: string | null): string | null {
    const lines = [...pbxs.values()]
      .filter((pbx) => pbxId === null || pbx.pbxId === pbxId)
      .flatMap((pbx) => hotlineQueues.flatMap((queue) => pbx.queues.get(queue) ?? []))
    const interfaces = lines.flatMap(({ members }) => [...members.keys()])
    return interfaces.find((one) => localNumber(one) === extension) ?? null
  }

  /**
   * Where this extension's phone is and what it does; null when it is a member of no queue. What a
   * PBX that is away showed last counts for phones that are registered with no other one.
   */
  function memberOf(extension: string): { pbxId: string; state: MemberState } | null {
    const all = membersOf(extension)
    const heard = all.filter(
      ({ pbxId, member }) => connected.has(pbxId) && member.state !== 'unavailable',
    )
    const members = heard.length > 0 ? heard : all
    const state = mostTelling(members.map(({ member }) => member.state))
    const found = members.find(({ member }) => member.state === state)
    return found === undefined || state === null ? null : { pbxId: found.pbxId, state }
  }

  /** Every extension that is a member of a hotline queue on this PBX. */
  function extensionsOn(pbxId: string): string[] {
    const pbx = pbxs.get(pbxId)
    const lines = hotlineQueues.map((queue) => pbx?.queues.get(queue)?.members)
    const members = lines.flatMap((line): LiveMember[] => [...(line?.values() ?? [])])
    return [...new Set(members.flatMap((member) => member.view.extension ?? []))]
  }

  /** Who waits in this queue of this PBX, callers who keep a place among them. */
  function waitingIn(
    pbxId: string,
    queue: string,
  ): readonly { uniqueid: string; joinedAt: Instant }[] {
    return pbxs.get(pbxId)?.queues.get(queue)?.callers ?? []
  }

  /** The phones that would ring for the next caller of this queue of this PBX. */
  function readyIn(pbxId: string, queue: string): string[] {
    const members = [...(pbxs.get(pbxId)?.queues.get(queue)?.members.values() ?? [])]
    const ready = connected.has(pbxId) ? members.filter(({ state }) => state === 'ready') : []
    return ready.flatMap((member) => member.view.extension ?? [])
  }

  /** Whether this phone is a member of any queue of this PBX, ours or not. */
  function hasMember(pbxId: string, endpoint: string): boolean {
    const lines = [...(pbxs.get(pbxId)?.queues.values() ?? [])]
    return lines.some(({ members }) => PHONES.some((kind) => members.has(kind + endpoint)))
  }

  return {
    start,
    stop,
    handle,
    setPbxStatus,
    today,
    snapshot: board.snapshot,
    /** What the board shows beside the PBX's words has changed. */
    refresh: board.schedule,
    readAgain,
    settled: board.settled,
    flush: board.flush,
    membershipsOf,
    restingIn,
    lostOf,
    forgetLostOf,
    localMemberOf,
    memberOf,
    extensionsOn,
    hasMember,
    waitingIn,
    readyIn,
  }
}
