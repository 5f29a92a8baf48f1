import type { PenaltyOrder } from '#contract/supervision/steering.ts'
import type { SessionUser } from '#contract/staff.ts'
import { Conflict, NotFound } from '../../errors.ts'
import type { Telephony } from '../../ports.ts'
import { type SteeringOrders, told, unheard } from './steering-orders-service.ts'
import { about, type Words } from './word-service.ts'

export interface PenaltyDeps {
  telephony: Pick<Telephony, 'setPenalty'>
  orders: SteeringOrders
  words: Words
  hotlineQueues: readonly string[]
  membershipsOf: (extension: string) => readonly { pbxId: string; queue: string }[]
}

/** Asterisk tells of the new value as it takes it. */
const WORD_MS = 5000

/** Supervisors say who is offered calls first: who has the least penalty. */
export function createPenaltyService(deps: PenaltyDeps) {
  const { telephony, orders, words } = deps

  /** Resolves once every PBX shows it. Throws NotFound (no such queue), Forbidden, Conflict (no member), Unavailable. */
  async function setPenalty(
    { queue, extension }: { queue: string; extension: string },
    { penalty, reason }: PenaltyOrder,
    user: SessionUser,
  ): Promise<void> {
    const detail = { queue, penalty: String(penalty), reason }
    const ordered = { action: 'penalty_set', subject: extension, detail } as const
    await orders.requireRight(user, ordered)
    if (!deps.hotlineQueues.includes(queue)) throw new NotFound('queue', queue)
    const there = deps.membershipsOf(extension).filter((one) => one.queue === queue)
    if (there.length === 0) {
      throw new Conflict(`extension ${extension} is not a member of ${queue}`, 'no_member')
    }
    await orders.record(user, ordered)
    await Promise.all(there.map(({ pbxId }) => tell({ pbxId, queue, extension, penalty })))
    await orders.tellAgent(user, extension, { state: 'penalty', ...detail })
  }

  async function tell(order: Parameters<Telephony['setPenalty']>[0]): Promise<void> {
    const set = await words.after(about.penalty(order.pbxId, order), WORD_MS, () =>
      told(telephony.setPenalty(order)),
    )
    if (set === null) throw unheard()
  }

  return { setPenalty }
}
