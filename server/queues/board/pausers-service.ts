import type { AgentState } from '#contract/desk.ts'
import type { Instant } from '#contract/primitives.ts'
import type { MemberTold } from '../../domain-fact.ts'
import { plusMs } from '../../time.ts'
import type { Membership } from '../agent-state.ts'

/** A supervisor's order on a member, as the trail keeps it. */
export interface PastOrder {
  at: Instant
  actor: { displayName: string } | null
  /** The extension. */
  subject: string
  detail: Record<string, string>
}

export interface PausersDeps {
  membershipsOf: (extension: string) => Membership[]
  /** What the person of this phone is, and since when; null when it is nobody's. */
  stateOf: (extension: string) => Pick<AgentState, 'state' | 'since'> | null
  onChange: () => void
}

/** A pause that began within this time of the order is the one that was ordered. */
const BEGINS_WITHIN_MS = 10_000

/** Which supervisor paused which member: in memory, and of a pause that outlives a restart from the trail. */
export function createPausers({ membershipsOf, stateOf, onChange }: PausersDeps) {
  const byMember = new Map<string, { by: string; isSeen: boolean }>()

  /** Orders of before, newest first; call it before the PBX is listened to. */
  function recall(orders: readonly PastOrder[]): void {
    const known = new Set<string>()
    for (const order of orders) {
      const key = keyOf(order.subject, order.detail['queue'] ?? '')
      if (known.has(key)) continue
      known.add(key)
      if (order.actor === null || !isOf(order)) continue
      byMember.set(key, { by: order.actor.displayName, isSeen: false })
    }
  }

  /** Whether the pause that its person is on was ordered so. */
  function isOf({ at, subject, detail }: PastOrder): boolean {
    const own = detail['state'] === 'paused' ? stateOf(subject) : null
    if (own?.state !== 'paused') return false
    return own.since >= at && own.since <= plusMs(at, BEGINS_WITHIN_MS)
  }

  /** A supervisor's order was done. */
  function steered({ extension, detail }: MemberTold, by: string | null): void {
    const queue = detail['queue'] ?? ''
    const key = keyOf(extension, queue)
    if (detail['state'] !== 'paused' || by === null) byMember.delete(key)
    else byMember.set(key, { by, isSeen: membershipsIn(extension, queue).length > 0 })
    onChange()
  }

  /** Members are otherwise than before: a pause that is over was the last that this name stands for. */
  function look(extensions: readonly string[] | null): void {
    for (const [key, entry] of byMember) {
      const [extension = '', queue = ''] = key.split('/')
      if (extensions !== null && !extensions.includes(extension)) continue
      const members = membershipsIn(extension, queue)
      if (members.length > 0) entry.isSeen = true
      if (entry.isSeen && !members.some(({ paused }) => paused)) byMember.delete(key)
    }
  }

  function membershipsIn(extension: string, queue: string): Membership[] {
    return membershipsOf(extension).filter((member) => member.queue === queue)
  }

  return {
    recall,
    steered,
    look,
    of: (extension: string, queue: string): string | null =>
      byMember.get(keyOf(extension, queue))?.by ?? null,
  }
}

const keyOf = (extension: string, queue: string): string => `${extension}/${queue}`
