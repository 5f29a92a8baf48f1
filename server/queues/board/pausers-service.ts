import type { MemberTold } from '../../domain-fact.ts'
import type { Membership } from '../agent-state.ts'

export interface PausersDeps {
  membershipsOf: (extension: string) => Membership[]
  onChange: () => void
}

/** Which supervisor paused which member; in memory, so that after a restart only the reason is known. */
export function createPausers({ membershipsOf, onChange }: PausersDeps) {
  const byMember = new Map<string, { by: string; isSeen: boolean }>()

  /** A supervisor's order was done. */
  function steered({ extension, detail }: MemberTold, by: string | null): void {
    const queue = detail['queue'] ?? ''
    const key = keyOf(extension, queue)
    if (detail['state'] !== 'paused' || by === null) byMember.delete(key)
    else byMember.set(key, { by, isSeen: isPaused(extension, queue) })
    onChange()
  }

  /** Members are otherwise than before: a pause that is over was the last that this name stands for. */
  function look(extensions: readonly string[] | null): void {
    for (const [key, entry] of byMember) {
      const [extension = '', queue = ''] = key.split('/')
      if (extensions !== null && !extensions.includes(extension)) continue
      if (isPaused(extension, queue)) entry.isSeen = true
      else if (entry.isSeen) byMember.delete(key)
    }
  }

  function isPaused(extension: string, queue: string): boolean {
    return membershipsOf(extension).some((member) => member.queue === queue && member.paused)
  }

  return {
    steered,
    look,
    of: (extension: string, queue: string): string | null =>
      byMember.get(keyOf(extension, queue))?.by ?? null,
  }
}

const keyOf = (extension: string, queue: string): string => `${extension}/${queue}`
