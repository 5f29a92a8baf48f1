import type { PbxStatus } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import { type AgentStateDeps, createAgentStateService } from './agent-state-service.ts'
import { createMemberService, type MemberServiceDeps } from './member-service.ts'
import { queueRoutes } from './queue-routes.ts'
import { createQueueService, type QueueServiceDeps } from './queue-service.ts'

type OwnDeps = 'membershipsOf' | 'memberOf' | 'extensionsOn' | 'staffName' | 'onMembers'

export type QueuesDeps = Omit<
  QueueServiceDeps & AgentStateDeps & MemberServiceDeps,
  OwnDeps | 'staffByExtension'
> & { staffByExtension: (extension: string) => SessionUser | null }

export type Queues = ReturnType<typeof createQueues>

/** The live queues, their members, and what each agent wants to be. */
export function createQueues(deps: QueuesDeps) {
  const live = createQueueService({
    ...deps,
    staffName: (extension) => deps.staffByExtension(extension)?.displayName ?? null,
    onMembers: (pbxId, extensions) => states.onMembers(pbxId, extensions),
  })
  const { membershipsOf, memberOf, extensionsOn } = live
  const states = createAgentStateService({ ...deps, membershipsOf, memberOf, extensionsOn })
  const members = createMemberService({ ...deps, membershipsOf })
  return {
    routes: queueRoutes(live, members),
    handle: live.handle,
    count: live.count,
    snapshot: live.snapshot,
    membershipsOf,
    memberOf,
    hasMember: live.hasMember,
    stateOf: states.get,
    setState: states.set,
    reachOf: states.reachOf,
    signOff: states.signOff,
    losePhone: states.losePhone,
    commandMember: members.command,
    /** Resolves when no PBX is being told anything and no patch is being made. */
    async settled(): Promise<void> {
      await states.settled()
      await live.settled()
    },
    setPbxStatus(status: PbxStatus[]): void {
      live.setPbxStatus(status)
      states.onPbxStatus(status)
    },
    async start(): Promise<void> {
      await states.load()
      await live.start()
    },
    async stop(): Promise<void> {
      states.stop()
      await states.settled()
      live.stop()
      await live.settled()
    },
  }
}
