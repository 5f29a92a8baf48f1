import type { MemberCommand } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../db/transaction.ts'
import type { QueueFact } from '../domain-fact.ts'
import { Conflict, NotFound, Unavailable, unprocessable } from '../errors.ts'
import {
  ActionRefused,
  type Clock,
  type MembershipOrder,
  type StateFact,
  type Telephony,
} from '../ports.ts'
import type { Membership } from './agent-state.ts'
import { refuseBesideLocal } from './local-member.ts'

export interface MemberServiceDeps {
  database: Database
  clock: Pick<Clock, 'after'>
  telephony: Pick<Telephony, 'status' | 'setMembership'>
  hotlineQueues: readonly string[]
  staffByExtension: (extension: string) => SessionUser | null
  membershipsOf: (extension: string) => Membership[]
  localMemberOf: (extension: string, pbxId: string | null) => string | null
  state: StateFact
}

export type MemberService = ReturnType<typeof createMemberService>

/** A pause that a supervisor gives no reason for. */
const BY_SUPERVISOR = 'supervisor'

/** From the PBX's yes to the event that shows the member so. */
const SHOWS_WITHIN_MS = 5000

/**
 * Supervisors' commands on queue members. The PBX is told; what it then shows becomes the agent's
 * own state, so the agent sees at once what was done.
 */
export function createMemberService(deps: MemberServiceDeps) {
  const { telephony } = deps
  /** Who waits for the queues to show a member otherwise looks again. */
  const looks = new Set<() => void>()

  /**
   * Throws NotFound (no such queue or person), Conflict (not a member, or Asterisk refused),
   * InvalidInput (a Local member stands there), Unavailable (no PBX connected, or its queue does not show it).
   */
  async function command(
    user: SessionUser,
    of: { queue: string; extension: string },
    asked: MemberCommand,
  ): Promise<void> {
    const { queue, extension } = of
    if (!deps.hotlineQueues.includes(queue)) throw new NotFound('queue', queue)
    const reason = requireReason(asked)
    const pbxIds = requirePbxs(of, asked)
    const displayName = requireName(of, asked)
    const membership = { queue, extension, displayName, state: stateOf(asked), reason }
    await state('member_commanded', user, membership)
    for (const pbxId of pbxIds) await tell({ ...membership, pbxId })
    await state('member_steered', user, membership)
  }

  /** Where the command goes: to the PBXs that show the member; a new member to all that are ready. */
  function requirePbxs(of: { queue: string; extension: string }, asked: MemberCommand): string[] {
    const ready = telephony.status().filter((pbx) => pbx.link === 'ready')
    if (ready.length === 0) throw new Unavailable('no PBX is connected: nothing was changed')
    const pbxIds = ready.map((pbx) => pbx.pbxId)
    if (asked.member === true) {
      refuseBesideLocal('member', of.extension, deps.localMemberOf(of.extension, null))
      return pbxIds
    }
    const shown = deps.membershipsOf(of.extension).filter(({ queue }) => queue === of.queue)
    const there = pbxIds.filter((pbxId) => shown.some((member) => member.pbxId === pbxId))
    if (there.length > 0) return there
    throw new Conflict(`extension ${of.extension} is not a member of ${of.queue}: add it first`)
  }

  function requireName(of: { extension: string }, asked: MemberCommand): string {
    const person = deps.staffByExtension(of.extension)
    if (person !== null) return person.displayName
    // A stranger can be paused and removed, but only our own people are added.
    if (asked.member === true) throw new NotFound('person with extension', of.extension)
    return of.extension
  }

  async function state(
    type: QueueFact['type'],
    { id: actorId }: SessionUser,
    told: Omit<MembershipOrder, 'pbxId'>,
  ): Promise<void> {
    const { extension, queue, reason } = told
    const detail = { queue, state: told.state, ...(reason === null ? {} : { reason }) }
    await deps.database.transaction((trx) => deps.state(trx, { type, actorId, extension, detail }))
  }

  async function tell(membership: MembershipOrder): Promise<void> {
    try {
      await telephony.setMembership(membership)
    } catch (error) {
      if (error instanceof ActionRefused) throw new Conflict(`the PBX refused: ${error.message}`)
      throw unconfirmed()
    }
    if (!(await shows(membership))) throw unconfirmed()
  }

  /** Whether the queue itself shows the member as ordered, at last. */
  function shows(order: MembershipOrder): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const done = (isSo: boolean): void => {
      cancel()
      looks.delete(look)
      resolve(isSo)
    }
    const look = (): void => (isShown(order) ? done(true) : undefined)
    const cancel = deps.clock.after(SHOWS_WITHIN_MS, () => done(false))
    looks.add(look)
    look()
    return promise
  }

  function isShown({ pbxId, queue, extension, state: wanted }: MembershipOrder): boolean {
    const there = deps
      .membershipsOf(extension)
      .filter((member) => member.pbxId === pbxId && member.queue === queue)
    if (wanted === 'offline') return there.length === 0
    return there.some(({ paused }) => paused === (wanted === 'paused'))
  }

  return {
    command,
    /** The queues show members otherwise than before. */
    noteMembers: (): void => looks.forEach((look) => look()),
  }
}

function unconfirmed(): Unavailable {
  const why = 'the PBX did not confirm the change: look at the queue and try again'
  return new Unavailable(why, 'unconfirmed')
}

function stateOf(asked: MemberCommand): MembershipOrder['state'] {
  if (asked.member === false) return 'offline'
  return asked.paused === true ? 'paused' : 'ready'
}

/** Asterisk keeps reasons in its log and events, where only plain words are safe. */
function requireReason(asked: MemberCommand): string | null {
  if (asked.member === false || asked.paused !== true) return null
  const reason = asked.reason?.trim() ?? BY_SUPERVISOR
  if (/^[A-Za-z0-9_]+$/.test(reason)) return reason
  throw unprocessable('reason', 'use letters without accents, digits and _, for example meeting')
}
