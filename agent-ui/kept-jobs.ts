import type { SessionUser } from '#contract/staff.ts'
import type { Ticket, TicketRow } from '#contract/tickets.ts'

/** What a technician saw last, for a start without a connection. */
export interface KeptJobs {
  user: SessionUser
  /** When the service said so, epoch milliseconds. */
  at: number
  jobs: TicketRow[]
  tickets: Ticket[]
}

const KEY = 'hotline.jobs'
/** Longer than a shift: what is older is no day's work any more. */
const KEPT_MS = 24 * 3_600_000

/** One build never reads what another one wrote: its file has the contents in its name. */
function buildName(): string {
  return document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? ''
}

/** Of one person: who comes next on this device takes the place of the one before. */
export function keepJobs(kept: KeptJobs): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ build: buildName(), kept }))
  } catch {
    // no room: then there is nothing to show without a connection, and nothing that is out of date
    forgetKeptJobs()
  }
}

/** Null: nothing is kept, or nothing that may still be shown. */
export function readKeptJobs(nowMs = Date.now()): KeptJobs | null {
  try {
    const { build, kept }: { build: string; kept: KeptJobs } = JSON.parse(
      localStorage.getItem(KEY) ?? '',
    )
    return build === buildName() && nowMs - kept.at < KEPT_MS ? kept : null
  } catch {
    return null
  }
}

/** At the end of a session: nobody reads them any more. */
export function forgetKeptJobs(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // where storage is forbidden nothing was kept
  }
}
