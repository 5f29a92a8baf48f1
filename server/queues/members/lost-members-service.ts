import type { Logger } from '../../logger.ts'
import type { Clock } from '../../ports.ts'
import type { LostMembership } from '../agent-state.ts'

export interface LostMembersDeps {
  clock: Clock
  logger: Logger
  /** What the PBXs showed of an extension and lost without a word. */
  lostOf: (extension: string) => LostMembership[]
  /** Whether this PBX is connected and compared. */
  isReady: (pbxId: string) => boolean
  extensionOf: (staffId: string) => string | null
  /** Makes the PBXs match this person's wish again. */
  restore: (staffId: string) => void
}

export type LostMembers = ReturnType<typeof createLostMembers>

/** A comparison can see that a member was taken out before the event that says so has come. */
const WORD_WITHIN_MS = 500

/**
 * Memberships that a PBX lost, as by a reload or a module that was loaded anew: no event tells of
 * them, and nobody wished it.
 */
export function createLostMembers(deps: LostMembersDeps) {
  const { clock, logger } = deps
  /** People whose loss waits for an event that explains it, per PBX. */
  const missed = new Set<string>()

  /** What connected PBXs lost of it: all of them, or one. */
  function lostOn(pbxId: string | null, extension: string): LostMembership[] {
    return deps
      .lostOf(extension)
      .filter((one) => deps.isReady(one.pbxId) && (pbxId === null || one.pbxId === pbxId))
  }

  /** The queues that are there and lack this member. */
  function queuesLacking(pbxId: string, extension: string): string[] {
    return lostOn(pbxId, extension)
      .filter(({ exists }) => exists)
      .map(({ queue }) => queue)
  }

  /** The person is put back, unless the event comes that somebody took the member out. */
  function miss(staffId: string, pbxId: string): void {
    const key = `${staffId} ${pbxId}`
    if (missed.has(key)) return
    missed.add(key)
    clock.after(WORD_WITHIN_MS, () => {
      missed.delete(key)
      const extension = deps.extensionOf(staffId)
      const queues = extension === null ? [] : queuesLacking(pbxId, extension)
      if (queues.length === 0) return
      logger.warn({ pbxId, extension, queues }, 'a member was lost without a word: told again')
      deps.restore(staffId)
    })
  }

  return { lostOn, queuesLacking, miss }
}
