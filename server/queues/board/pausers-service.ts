import type { Membership } from '../agent-state.ts'

/** Which supervisor paused which member; in memory, so that after a restart only the reason is known. */
export function createPausers(membershipsOf: (extension: string) => Membership[]) {
  const byMember = new Map<string, { by: string; isSeen: boolean }>()

  /** A supervisor's order was done. */
  function note(extension: string, queue: string, by: string | null): void {
    if (by === null) byMember.delete(keyOf(extension, queue))
    else byMember.set(keyOf(extension, queue), { by, isSeen: isPaused(extension, queue) })
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
    note,
    look,
    of: (extension: string, queue: string): string | null =>
      byMember.get(keyOf(extension, queue))?.by ?? null,
  }
}

const keyOf = (extension: string, queue: string): string => `${extension}/${queue}`
