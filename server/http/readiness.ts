import type { PbxStatus } from '../contract/queues.ts'
import type { Database } from '../db/transaction.ts'
import type { WeatherStatus } from '../db/weather.ts'
import type { ReadinessCheck } from './health.ts'

/** Whether rows can be written, asked by writing one; and since when work waits for it. */
export function databaseCheck(
  database: Pick<Database, 'ping'>,
  weather: () => WeatherStatus,
): ReadinessCheck {
  return {
    name: 'database',
    async check() {
      await database.ping()
      const { database: is, since, reason } = weather()
      if (is === 'ok') return { ok: true, detail: 'usable' }
      return { ok: false, detail: `work has waited for it since ${since}: ${reason}` }
    },
  }
}

/**
 * Whether the board shows what each PBX told when it was connected: counts and members are right
 * from the moment at which everything is ready. While the database takes no writes its own check
 * says why.
 */
export function boardCheck(
  weather: () => WeatherStatus,
  statuses: () => PbxStatus[],
  caughtUp: () => Promise<void>,
): ReadinessCheck {
  /** The connections that were caught up with. */
  let shown = ''
  return {
    name: 'board',
    async check() {
      const ready = statuses().filter(({ link }) => link === 'ready')
      const connections = ready.map(({ pbxId, since }) => `${pbxId} ${since}`).join()
      if (connections !== shown) {
        if (weather().database !== 'ok') return { ok: false, detail: 'calls wait for the database' }
        await caughtUp()
        shown = connections
      }
      return { ok: true, detail: 'up to date' }
    },
  }
}

/** Whether this PBX is connected and its state is known. */
export function pbxCheck(id: string, statuses: () => PbxStatus[]): ReadinessCheck {
  return {
    name: `pbx ${id}`,
    check() {
      const status = statuses().find((pbx) => pbx.pbxId === id)
      const ok = status?.link === 'ready'
      return { ok, detail: status?.problem ?? status?.link ?? 'unknown' }
    },
  }
}

/** Never a reason not to serve; what administrators have to enter stands in the detail. */
export function calendarCheck(warnings: () => string[]): ReadinessCheck {
  return {
    name: 'calendar',
    check: () => ({ ok: true, detail: warnings().join('; ') || 'holidays are known' }),
  }
}
