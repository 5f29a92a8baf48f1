import type { WallAgent, WallAlarm, WallBoard } from '#contract/supervision/wall.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'

export function aWallAgent(
  extension: string,
  state: WallAgent['state'],
  displayName = `Người ${extension}`,
): WallAgent {
  return { extension, displayName, state, stateSince: '2026-11-28T02:55:00.000Z' }
}

export function aWallAlarm(id: string, change: Partial<WallAlarm> = {}): WallAlarm {
  const openedAt = '2026-11-28T02:58:00.000Z'
  const what = { measure: 'waiting', queue: null, severity: 'warning' } as const
  return { id, ...what, openedAt, isAcknowledged: false, ...change }
}

export function aWallBoard(change: Partial<WallBoard> = {}): WallBoard {
  return {
    sentAt: '2026-11-28T03:00:00.000Z',
    appVersion: 'v1',
    asOf: '2026-11-28T02:59:58.000Z',
    database: 'ok',
    pbx: [{ pbxId: 'pbx1', link: 'ready', since: '2026-11-28T01:00:00.000Z' }],
    waiting: 0,
    waitingSince: null,
    today: NO_CALLS,
    agents: [],
    alarms: [],
    promises: { late: 0, atRisk: 0, asOf: '2026-11-28T02:59:59.000Z' },
    ...change,
  }
}
