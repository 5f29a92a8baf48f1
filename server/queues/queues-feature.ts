import type { PbxStatus } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { MemberTold } from '../domain-fact.ts'
import type { StateFact } from '../ports.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { mayWatchQueues } from '../staff/staff.ts'
import {
  type AgentStateDeps,
  type AgentStateService,
  createAgentStateService,
} from './agent-state-service.ts'
import { createMemberService, type MemberServiceDeps } from './member-service.ts'
import {
  createPagePresence,
  type PagePresence,
  type PagePresenceDeps,
} from './page-presence-service.ts'
import { createOwed, type OwedDeps, READ_EVERY_MS } from './board/owed-service.ts'
import { createPausers, type PastOrder } from './board/pausers-service.ts'
import { queueRoutes } from './queue-routes.ts'
import { targetRoutes } from './targets/target-routes.ts'
import { createTargetService } from './targets/target-service.ts'
import { createQueueService, type QueueServiceDeps } from './queue-service.ts'

/** Whose time is over leaves within this; in memory. */
const LOOK_EVERY_MS = 5000

type OwnDeps =
  | 'hasPage'
  | 'present'
  | 'isBusy'
  | 'leave'
  | 'onChange'
  | 'membershipsOf'
  | 'lostOf'
  | 'restingIn'
  | 'onProlonged'
  | 'onWish'
  | 'forgetLostOf'
  | 'localMemberOf'
  | 'memberOf'
  | 'extensionsOn'
  | 'staffName'
  | 'onMembers'
  | 'owed'
  | 'pausedBy'
  | 'isWatched'
  | 'onRead'
  | 'onBoard'

export type QueuesDeps = Omit<
  QueueServiceDeps & AgentStateDeps & MemberServiceDeps & PagePresenceDeps & OwedDeps,
  OwnDeps | 'staffByExtension'
> & {
  staffByExtension: (extension: string) => SessionUser | null
  /** Supervisors' orders on members of late, newest first. */
  pastOrders: () => Promise<PastOrder[]>
  schedule: Pick<Schedule, 'loop'>
}

export type Queues = ReturnType<typeof createQueues>

/** The live queues, their members, and what each agent wants to be. */
export function createQueues(deps: QueuesDeps) {
  const live = createQueueService({
    ...deps,
    hasPage(extension) {
      const person = deps.staffByExtension(extension)
      return person && pages.isOpen(person.id)
    },
    staffName: (extension) => deps.staffByExtension(extension)?.displayName ?? null,
    owed: () => owed.read(),
    pausedBy: (extension, queue) => pausers.of(extension, queue),
    onBoard: () => deps.live({ type: 'board_changed' }),
    onMembers(pbxId, extensions) {
      pausers.look(extensions)
      states.onMembers(pbxId, extensions)
      members.noteMembers()
    },
  })
  const { membershipsOf, memberOf } = live
  const pausers = createPausers({
    membershipsOf,
    stateOf(extension) {
      const person = deps.staffByExtension(extension)
      return person && states.get(person.id)
    },
    onChange: live.refresh,
  })
  const states = createAgentStateService({
    ...deps,
    ...live,
    onProlonged: () => rests.wake(),
    onWish: live.today.wished,
  })
  const rests = deps.schedule.loop({
    name: 'rests after calls',
    longestSleepMs: LOOK_EVERY_MS,
    work: states.wrapUps.endDue,
    nextDueAt: async () => states.wrapUps.nextDueAt(),
  })
  const pages = watchPages(deps, states, live.refresh)
  const { owed, loop: owedLoop } = lookAtOwed(deps, pages, live.readAgain)
  const members = createMemberService({ ...deps, ...live, state: noting(deps, pausers.steered) })
  return {
    routes: [...queueRoutes(live, members), ...targetRoutes(createTargetService(deps))],
    handle: live.handle,
    today: live.today,
    snapshot: live.snapshot,
    membershipsOf,
    /** Whether a PBX shows this person by another phone than the one at which they are. */
    hasStray: (extension: string) => membershipsOf(extension).some(({ isStray }) => isStray),
    memberOf,
    hasMember: live.hasMember,
    waitingIn: live.waitingIn,
    /** What the board shows beside the PBX's words has changed. */
    refresh: live.refresh,
    readyIn: live.readyIn,
    stateOf: states.get,
    setState: states.set,
    prolongWrapUp: states.wrapUps.prolong,
    endWrapUp: states.wrapUps.end,
    reachOf: states.reachOf,
    signOff: states.signOff,
    losePhone: states.losePhone,
    movePhone: states.movePhone,
    isBusy: states.isBusy,
    commandMember: members.command,
    pageOpened: pages.opened,
    pageClosed: pages.closed,
    /** Resolves when the board shows everything heard so far. */
    flush: live.flush,
    /** Resolves when no PBX is being told anything and no patch is being made. */
    async settled(): Promise<void> {
      await states.settled()
      await owedLoop.settled()
      await live.today.settled()
      await live.settled()
    },
    setPbxStatus(status: PbxStatus[]): void {
      live.setPbxStatus(status)
      states.onPbxStatus(status)
    },
    async start(): Promise<void> {
      await states.load()
      pausers.recall(await deps.pastOrders())
      await live.start()
    },
    async stop(): Promise<void> {
      states.stop()
      await states.settled()
      await live.today.settled()
      live.stop()
      await live.settled()
    },
  }
}

/** What customers are owed, while somebody who sees the board has a page open. */
function lookAtOwed(
  deps: Pick<QueuesDeps, 'clock' | 'logger' | 'readOwed' | 'staffById' | 'schedule'>,
  pages: PagePresence,
  onRead: () => void,
) {
  const seesBoard = (staffId: string): boolean => {
    const role = deps.staffById(staffId)?.role
    return role !== undefined && mayWatchQueues(role)
  }
  const owed = createOwed({ ...deps, onRead, isWatched: () => pages.isAnyOpen(seesBoard) })
  const loop = deps.schedule.loop({
    name: 'what customers are owed',
    longestSleepMs: READ_EVERY_MS,
    work: owed.look,
    nextDueAt: async () => null,
  })
  return { owed, loop }
}

/** States facts, and says of a member that was steered who did it. */
function noting(
  deps: Pick<QueuesDeps, 'state' | 'staffById'>,
  steered: (told: MemberTold, by: string | null) => void,
): StateFact {
  return async (trx, fact) => {
    await deps.state(trx, fact)
    if (fact.type !== 'member_steered') return
    const by = deps.staffById(fact.actorId)?.displayName ?? null
    trx.afterCommit(() => steered(fact, by))
  }
}

/** Who has a page open, and who is taken out for having none. */
function watchPages(
  deps: Omit<PagePresenceDeps, 'present' | 'isBusy' | 'leave' | 'onChange'> &
    Pick<QueuesDeps, 'staffById' | 'database' | 'schedule'>,
  states: AgentStateService,
  onChange: () => void,
): PagePresence {
  const pages = createPagePresence({
    ...deps,
    present: states.present,
    isBusy(staffId) {
      const extension = deps.staffById(staffId)?.extension
      return extension != null && states.isBusy(extension)
    },
    leave: (staffId) => deps.database.transaction((trx) => states.signOff(trx, staffId)),
    onChange,
  })
  deps.schedule.loop({
    name: 'people without a page',
    longestSleepMs: LOOK_EVERY_MS,
    work: pages.look,
    nextDueAt: async () => null,
  })
  return pages
}
