import type { CloseResult, SendOrder } from '#contract/supervision/steering.ts'
import type { MemberState } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import { isCallbackChannel } from '../../calls/callback-call/callback-evidence.ts'
import { isPlace } from '../../calls/callback-call/place-channel.ts'
import { Conflict, NotFound, refuse } from '../../errors.ts'
import type { Telephony } from '../../ports.ts'
import type { WaitingInQueue } from './steering-order.ts'
import { type SteeringOrders, told, unheard } from './steering-orders-service.ts'
import { refusalOfSend, refusalOfTarget } from './steering-refusals.ts'
import { about, type Words } from './word-service.ts'

export interface WaitingDeps {
  telephony: Pick<Telephony, 'status' | 'phoneUse' | 'moveUp' | 'withdraw'>
  orders: SteeringOrders
  words: Words
  hotlineQueues: readonly string[]
  /** Who waits in this queue of this PBX, callers who keep a place among them. */
  waitingIn: (pbxId: string, queue: string) => readonly { uniqueid: string }[]
  /** Whether one of ours stands on this channel and no customer. */
  isColleague: (pbxId: string, uniqueid: string) => boolean
  activeById: (staffId: string) => SessionUser | null
  memberOf: (extension: string) => unknown
  phoneState: (extension: string) => MemberState | null
}

/** A phone that rings for the caller rings on for 15 s at most before the queue lets them go. */
const LEAVES_WITHIN_MS = 20_000
/** Of one press. */
const MOST_CLOSED = 500

type Outcome = keyof CloseResult

export type WaitingService = ReturnType<typeof createWaitingService>

/** Supervisors move waiting callers up, send them to agents, and have a whole queue called back. */
export function createWaitingService(deps: WaitingDeps) {
  const { telephony, orders, words } = deps
  /** Whom an order is about that the PBX has not carried out yet. */
  const underWay = new Set<string>()

  /**
   * Resolves once the queue itself shows the caller before all others. Throws NotFound (no such queue), Forbidden,
   * Conflict (waits there no more, another order is under way), Unavailable (no PBX, no word of it).
   */
  async function moveUp(
    { queue, uniqueid }: { queue: string; uniqueid: string },
    reason: string,
    user: SessionUser,
  ): Promise<void> {
    const ordered = { action: 'moved_up', subject: queue, detail: { uniqueid, reason } } as const
    await orders.requireRight(user, ordered)
    const caller = requireWaiting(queue, uniqueid)
    await alone(caller, async () => {
      await orders.record(user, ordered)
      if (!(await told(telephony.moveUp(caller)))) throw notWaiting()
    })
  }

  /**
   * Resolves once the caller has left the queue for the agent's phone; who is not answered there gets the old place
   * again. Throws as `moveUp` does, and Conflict for an agent who is busy or away, InvalidInput (422) for somebody
   * who takes no calls.
   */
  async function send(
    { queue, uniqueid }: { queue: string; uniqueid: string },
    { staffId, reason }: SendOrder,
    user: SessionUser,
  ): Promise<void> {
    const detail = { uniqueid, staffId, reason }
    const ordered = { action: 'sent', subject: queue, detail } as const
    await orders.requireRight(user, ordered)
    const caller = requireWaiting(queue, uniqueid)
    if (isPlace(uniqueid)) {
      throw new Conflict('nobody is on the line: they are called when it is their turn', 'is_place')
    }
    if (isCallbackChannel(uniqueid)) {
      throw new Conflict('we called them first: only the queue finds them an agent', 'called_first')
    }
    orders.requireSteering(caller.pbxId)
    const extension = requireTarget(staffId)
    await alone(caller, async () => {
      refuse(refusalOfTarget(await telephony.phoneUse(caller.pbxId, extension)))
      await orders.record(user, ordered)
      const word = await withdraw({ ...caller, to: { extension } })
      if (word === null) throw unheard()
      if (word !== 'left') throw notWaiting()
    })
  }

  /**
   * Every customer who waits in the queue is told that they are called back, and promised it, who was talked to
   * before too. A colleague who asks waits on. Resolves when the PBX has let go of all whom it does; throws NotFound, Forbidden, Unavailable.
   */
  async function close(queue: string, reason: string, user: SessionUser): Promise<CloseResult> {
    const ordered = { action: 'queue_closed', subject: queue, detail: { reason } } as const
    await orders.requireRight(user, ordered)
    requireQueue(queue)
    const callers = everybodyIn(queue)
    for (const pbxId of new Set(callers.map((one) => one.pbxId))) orders.requireSteering(pbxId)
    await orders.record(user, ordered)
    const leaving = callers.filter(({ pbxId, uniqueid }) => !deps.isColleague(pbxId, uniqueid))
    const outcomes = await Promise.all(leaving.map(promise))
    const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length
    const stayed = callers.length - leaving.length + count('stayed')
    return { promised: count('promised'), stayed, unheard: count('unheard') }
  }

  async function promise(caller: WaitingInQueue): Promise<Outcome> {
    if (underWay.has(keyOf(caller))) return 'stayed'
    try {
      const word = await withdraw({ ...caller, to: 'promise' })
      if (word === null) return 'unheard'
      return word === 'left' ? 'promised' : 'stayed'
    } catch {
      return 'unheard'
    }
  }

  function withdraw(order: Parameters<Telephony['withdraw']>[0]): Promise<string | null> {
    return words.after(about.leave(order.pbxId, order.uniqueid), LEAVES_WITHIN_MS, () =>
      told(telephony.withdraw(order)),
    )
  }

  function everybodyIn(queue: string): WaitingInQueue[] {
    return telephony
      .status()
      .flatMap(({ pbxId }) =>
        deps.waitingIn(pbxId, queue).map(({ uniqueid }) => ({ pbxId, queue, uniqueid })),
      )
      .filter(({ uniqueid }) => !isPlace(uniqueid))
      .slice(0, MOST_CLOSED)
  }

  function requireQueue(queue: string): void {
    if (!deps.hotlineQueues.includes(queue)) throw new NotFound('queue', queue)
  }

  function requireWaiting(queue: string, uniqueid: string): WaitingInQueue {
    requireQueue(queue)
    const found = telephony
      .status()
      .find(({ pbxId }) => deps.waitingIn(pbxId, queue).some((one) => one.uniqueid === uniqueid))
    if (found === undefined) throw notWaiting()
    return { pbxId: found.pbxId, queue, uniqueid }
  }

  function requireTarget(staffId: string): string {
    const person = deps.activeById(staffId)
    const extension = person?.extension ?? null
    const state = extension === null ? null : deps.phoneState(extension)
    const isMember = extension !== null && deps.memberOf(extension) !== null
    refuse(refusalOfSend({ person, state, isMember }))
    return extension ?? ''
  }

  async function alone(caller: WaitingInQueue, order: () => Promise<void>): Promise<void> {
    const key = keyOf(caller)
    if (underWay.has(key)) {
      throw new Conflict('something was ordered for this caller already', 'under_way')
    }
    underWay.add(key)
    try {
      await order()
    } finally {
      underWay.delete(key)
    }
  }

  return { moveUp, send, close }
}

function keyOf({ pbxId, uniqueid }: { pbxId: string; uniqueid: string }): string {
  return `${pbxId}/${uniqueid}`
}

function notWaiting(): Conflict {
  return new Conflict('they do not wait in this queue any more', 'caller_gone')
}
