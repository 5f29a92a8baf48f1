import type { Logger } from '../../logger.ts'
import { ActionRefused, type MembershipOrder, type Telephony } from '../../ports.ts'

export interface MembershipDeps {
  telephony: Pick<Telephony, 'status' | 'setMembership'>
  logger: Logger
  hotlineQueues: readonly string[]
}

/** What a PBX made of an order: `unreachable` is told again when it is back, `refused` is not. */
export type MembershipAnswer = 'told' | 'refused' | 'unreachable'

/** What an extension shall be in every hotline queue of a PBX. */
export type MemberWish = Pick<MembershipOrder, 'extension' | 'displayName' | 'state' | 'reason'>

export type Memberships = ReturnType<typeof createMemberships>

/** Tells PBXs who is a member of the hotline queues; never fails because of a PBX. */
export function createMemberships({ telephony, logger, hotlineQueues }: MembershipDeps) {
  /** One answer per queue: every hotline queue unless said. */
  function tellPbx(
    pbxId: string,
    wish: MemberWish,
    queues: readonly string[] = hotlineQueues,
  ): Promise<MembershipAnswer[]> {
    return Promise.all(queues.map((queue) => tellQueue({ pbxId, queue, ...wish })))
  }

  async function tellQueue(order: MembershipOrder): Promise<MembershipAnswer> {
    const { pbxId, queue, extension } = order
    try {
      await telephony.setMembership(order)
      return 'told'
    } catch (error) {
      logger.warn({ pbxId, queue, extension, err: error }, 'a membership was not set')
      return error instanceof ActionRefused ? 'refused' : 'unreachable'
    }
  }

  /** Takes an extension out of the queues of every connected PBX. */
  async function removeEverywhere(extension: string, displayName: string): Promise<void> {
    const wish = { extension, displayName, state: 'offline', reason: null } as const
    const ready = telephony.status().filter(({ link }) => link === 'ready')
    await Promise.all(ready.map(({ pbxId }) => tellPbx(pbxId, wish)))
  }

  return { tellPbx, removeEverywhere }
}
