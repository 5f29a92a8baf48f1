import type { Logger } from '../../logger.ts'
import { unprocessable } from '../../errors.ts'
import { ActionRefused, type MembershipOrder, type Telephony } from '../../ports.ts'
import { refuseBesideLocal } from '../local-member.ts'

const NO_EXTENSION =
  'you have no extension, so no phone can ring for you: an administrator can give you one'

export interface MembershipDeps {
  telephony: Pick<Telephony, 'status' | 'setMembership'>
  logger: Logger
  hotlineQueues: readonly string[]
  /** A member by a Local channel that stands for this extension on this PBX (null: on any). */
  localMemberOf: (extension: string, pbxId: string | null) => string | null
}

/** What a PBX made of an order: `unreachable` is told again when it is back, `refused` is not. */
export type MembershipAnswer = 'told' | 'refused' | 'unreachable'

/** What an extension shall be in every hotline queue of a PBX. */
export type MemberWish = Pick<MembershipOrder, 'extension' | 'displayName' | 'state' | 'reason'>

export type Memberships = ReturnType<typeof createMemberships>

/** Tells PBXs who is a member of the hotline queues; never fails because of a PBX. */
export function createMemberships(deps: MembershipDeps) {
  const { telephony, logger, hotlineQueues } = deps

  /** One answer per queue: every hotline queue unless said. */
  async function tellPbx(
    pbxId: string,
    wish: MemberWish,
    queues: readonly string[] = hotlineQueues,
  ): Promise<MembershipAnswer[]> {
    const local = deps.localMemberOf(wish.extension, pbxId)
    if (local !== null && wish.state !== 'offline') {
      // beside it the phone would be rung twice for every caller
      logger.warn({ pbxId, extension: wish.extension, local }, 'a Local member is not supported')
      return ['refused']
    }
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

  /** 422 for who has no phone, or whom the PBX rings by a Local member: nobody is signed in by half. */
  function requirePhone(extension: string | null): void {
    if (extension === null) throw unprocessable('state', NO_EXTENSION)
    refuseBesideLocal('state', extension, deps.localMemberOf(extension, null))
  }

  /** Takes an extension out of the queues of every connected PBX. */
  async function removeEverywhere(extension: string, displayName: string): Promise<void> {
    const wish = { extension, displayName, state: 'offline', reason: null } as const
    const ready = telephony.status().filter(({ link }) => link === 'ready')
    await Promise.all(ready.map(({ pbxId }) => tellPbx(pbxId, wish)))
  }

  return { tellPbx, removeEverywhere, requirePhone }
}
