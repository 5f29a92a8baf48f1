import type { OutageSettings } from '#contract/casework/outages.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import { plusMs } from '../time.ts'
import { nameKey } from './outage.ts'
import {
  type CallerReport,
  type KnownOutage,
  type OutageSign,
  outageSigns,
} from './outage-window.ts'
import { insertOutage, updateOutage } from './outage-store.ts'
import { selectKnown, selectOwners, selectRecentCalls, selectShift } from './watch-store.ts'

export interface WatchDeps {
  database: Database
  clock: Clock
  newId: NewId
  settings: () => Promise<OutageSettings>
  /** Takes `outage_offered`. */
  state: StateFact
  notifier: Pick<Notifier, 'outagesChanged'>
}

type Known = Awaited<ReturnType<typeof selectKnown>>

const MINUTE_MS = 60_000
const CALLBACKS_PER_MINUTE = 5

/**
 * Looks for areas and services of which many people call. It reads the calls of the last two windows,
 * so that a look that came late, or a start after a short outage of our own, misses none.
 */
export function createWatchService(deps: WatchDeps) {
  const { database, clock, newId } = deps

  async function look(now: Instant = clock.now()): Promise<void> {
    const settings = await deps.settings()
    const since = plusMs(now, -2 * settings.minutes * MINUTE_MS)
    const reports = await reportsSince(since)
    const known = await selectKnown(database.db, since)
    for (const sign of outageSigns(reports, settings, known.flatMap(toKnown))) {
      // oxlint-disable-next-line no-await-in-loop -- hardly ever two
      await database.transaction((trx) => offer(trx, sign))
    }
    await forgetOld(known, since, now)
  }

  /** Once per area and window: a repeat finds the row and tells nobody. */
  async function offer(trx: Trx, sign: OutageSign): Promise<void> {
    const { kind, name, callers, onceKey } = sign
    const offerId = newId()
    const isNew = await insertOutage(trx.db, {
      id: offerId,
      ticket_id: null,
      status: 'offered',
      area: kind === 'area' ? name : null,
      service: kind === 'service' ? name : null,
      message: '',
      expected_until: null,
      callbacks_per_minute: CALLBACKS_PER_MINUTE,
      callers,
      once_key: onceKey,
      offered_at: clock.now(),
      opened_at: null,
      ended_at: null,
      cancelled: 0,
      next_callback_at: null,
      released_at: null,
      version: 1,
    })
    if (!isNew) return
    trx.afterCommit(() => deps.notifier.outagesChanged())
    const staffIds = await selectShift(trx.db)
    const what = { offerId, scope: kind, name, callers, onceKey: `outage:${onceKey}` }
    await deps.state(trx, { type: 'outage_offered', ...what, staffIds })
  }

  /** Offers that nobody took up within two windows: what is called then is offered anew. */
  async function forgetOld(known: Known, since: Instant, now: Instant): Promise<void> {
    const old = known.filter(
      ({ status, offered_at: at }) => status === 'offered' && (at ?? '') < since,
    )
    for (const one of old) {
      // oxlint-disable-next-line no-await-in-loop -- hardly ever two
      await database.transaction((trx) =>
        updateOutage(trx.db, one, { status: 'ended', ended_at: now, released_at: now }),
      )
    }
  }

  /** What callers say of their places: by their tickets, else by their contracts. */
  async function reportsSince(since: Instant): Promise<CallerReport[]> {
    const calls = await selectRecentCalls(database.db, since)
    const keys = new Set(calls.flatMap(({ phoneKey }) => phoneKey ?? []))
    const owners = Map.groupBy(await selectOwners(database.db, [...keys]), (row) => row.phoneKey)
    return calls.flatMap(({ at, phoneKey, customerId, area, service }) => {
      const owned = owners.get(phoneKey ?? '') ?? []
      const ids = new Set(owned.map((row) => row.customerId))
      const owner = ids.size === 1 ? [...ids][0] : undefined
      const caller = customerId ?? owner ?? phoneKey
      if (caller === null) return []
      const theirs = owned.filter((row) => customerId === null || row.customerId === customerId)
      const areas = area === null ? theirs.flatMap((row) => row.area ?? []) : [area]
      return [
        { at, caller, areas: [...new Set(areas)], services: service === null ? [] : [service] },
      ]
    })
  }

  return { look }
}

function toKnown({ area, service, status, ended_at: at }: Known[number]): KnownOutage[] {
  const endedAt = status === 'ended' ? at : null
  if (area !== null) return [{ kind: 'area', key: nameKey(area), endedAt }]
  return service === null ? [] : [{ kind: 'service', key: nameKey(service), endedAt }]
}
