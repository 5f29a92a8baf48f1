import type { Logger } from '../logger.ts'
import type { Clock } from '../ports.ts'

export interface PagePresenceDeps {
  clock: Clock
  logger: Logger
  /** How long a phone stays in the queues without a page of its person; 0 is for ever. */
  offlineWithoutPageMinutes: number
  /** Everybody whose phone is in the queues or paused. */
  present: () => string[]
  /** Whether a call is on at this person's phone. */
  isBusy: (staffId: string) => boolean
  leave: (staffId: string) => Promise<void>
  /** Who has a page open has changed. */
  onChange: () => void
}

export type PagePresence = ReturnType<typeof createPagePresence>

/**
 * Who has a page open, and who is present without one for too long. In memory: after a restart the
 * time begins anew, so that pages can come back.
 */
export function createPagePresence(deps: PagePresenceDeps) {
  const { clock, logger } = deps
  const limitMs = deps.offlineWithoutPageMinutes * 60_000
  const open = new Map<string, number>()
  /** Present without a page since, on the monotonic clock. */
  const alone = new Map<string, number>()

  function opened(staffId: string): void {
    open.set(staffId, (open.get(staffId) ?? 0) + 1)
    alone.delete(staffId)
    deps.onChange()
  }

  function closed(staffId: string): void {
    const left = (open.get(staffId) ?? 1) - 1
    if (left > 0) open.set(staffId, left)
    else open.delete(staffId)
    if (left === 0) alone.set(staffId, clock.monotonicMs())
    deps.onChange()
  }

  const isOpen = (staffId: string): boolean => open.has(staffId)

  const isAnyOpen = (isWanted: (staffId: string) => boolean): boolean =>
    [...open.keys()].some(isWanted)

  /** Takes everybody out whose time is over and who is in no call. */
  async function look(): Promise<void> {
    const present = new Set(deps.present())
    for (const staffId of alone.keys()) if (!present.has(staffId)) alone.delete(staffId)
    for (const staffId of present) {
      if (isOpen(staffId)) continue
      const since = alone.get(staffId) ?? clock.monotonicMs()
      alone.set(staffId, since)
      const isOver = limitMs > 0 && clock.monotonicMs() - since >= limitMs
      // oxlint-disable-next-line no-await-in-loop -- rarely more than one
      if (isOver && !deps.isBusy(staffId)) await takeOut(staffId)
    }
  }

  async function takeOut(staffId: string): Promise<void> {
    await deps.leave(staffId)
    alone.delete(staffId)
    logger.info({ staffId }, 'taken out of the queues: no page has been open for too long')
  }

  return { opened, closed, isOpen, isAnyOpen, look }
}
