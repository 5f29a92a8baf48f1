import { abandonRate, serviceLevel } from '#contract/supervision/figures.ts'
import type { WallAlarm, WallBoard } from '#contract/supervision/wall.ts'
import type { ToneName } from '../components/tone.tsx'
import { troubledPbxs } from './connection.ts'

/** What a screen on the wall has heard; times are this machine's clock in ms. */
export interface WallLink {
  status: 'connecting' | 'connected' | 'lost' | 'closed'
  /** Of the status. */
  since: number
  board: WallBoard | null
  heardAt: number
  /** What to add to this machine's clock for the service's. */
  offsetMs: number
}

export type WallNews =
  | { type: 'board'; board: WallBoard }
  | { type: 'lost' }
  /** The service knows no such screen: it was withdrawn, or never opened. */
  | { type: 'refused' }

export function startWall(nowMs: number): WallLink {
  return { status: 'connecting', since: nowMs, board: null, heardAt: nowMs, offsetMs: 0 }
}

export function reduceWall(link: WallLink, news: WallNews, nowMs: number): WallLink {
  switch (news.type) {
    case 'board': {
      const { board } = news
      const since = link.status === 'connected' ? link.since : nowMs
      const offsetMs = Date.parse(board.sentAt) - nowMs
      return { status: 'connected', since, board, heardAt: nowMs, offsetMs }
    }
    case 'lost':
      return link.status === 'lost' ? link : { ...link, status: 'lost', since: nowMs }
    case 'refused':
      return { ...startWall(nowMs), status: 'closed' }
  }
}

/** The service tells something every three seconds; without a word for so long it is away, whatever the socket says. */
const SILENT_MS = 10_000
/** A socket that comes back at once troubles nobody. */
const LOST_MS = 3_000
/** The PBX is asked every ten seconds; its word may be so old. */
const PBX_SILENT_MS = 40_000
/** Figures of rows are counted every three seconds. */
const ROWS_OLD_MS = 30_000

/** Why the figures may not be those of now; `since` by the service's clock in ms. */
export type WallTrouble =
  | { kind: 'service_away' | 'pbx_silent'; since: number }
  | { kind: 'pbx_away'; since: number; pbxIds: string[] }

/** What is wrong with the source, the service first: without it nothing is known of a PBX. */
export function troubleOf(link: WallLink, nowMs: number): WallTrouble | null {
  const { board, offsetMs } = link
  const serverNow = nowMs + offsetMs
  const isLost = link.status === 'lost' && nowMs - link.since >= LOST_MS
  if (isLost || nowMs - link.heardAt >= SILENT_MS) {
    return { kind: 'service_away', since: link.heardAt + offsetMs }
  }
  if (board === null) return null
  const away = troubledPbxs(board.pbx)
  if (away.length > 0) {
    const since = Math.min(...away.map((pbx) => Date.parse(pbx.since)))
    return { kind: 'pbx_away', since, pbxIds: away.map(({ pbxId }) => pbxId) }
  }
  const heard = Date.parse(board.asOf)
  return serverNow - heard >= PBX_SILENT_MS ? { kind: 'pbx_silent', since: heard } : null
}

/** Whether what is counted in the database may have changed since: the service or the database is away. */
export function areRowsOld({ promises }: WallBoard, serverNowMs: number): boolean {
  return promises !== null && serverNowMs - Date.parse(promises.asOf) >= ROWS_OLD_MS
}

export type WallFigure = 'waiting' | 'longest' | 'free' | 'level' | 'abandoned' | 'promises'

/** How well it stands: the colour is said by a shape, too. */
export type WallTone = Extract<ToneName, 'ok' | 'warn' | 'bad' | 'calm'>

const LEVEL_AIM = 0.8
const LEVEL_BAD = 0.6
const LONG_WAIT_MS = 20_000
const TOO_LONG_WAIT_MS = 60_000
const ABANDON_AIM = 0.05
const ABANDON_BAD = 0.1

export function freeAgents({ agents }: Pick<WallBoard, 'agents'>): number {
  return agents.filter(({ state }) => state === 'ready').length
}

/** Who takes calls or could: all whose phone is there. */
export function agentsThere({ agents }: Pick<WallBoard, 'agents'>): number {
  return agents.filter(({ state }) => state !== 'unavailable').length
}

export function toneOf(figure: WallFigure, board: WallBoard, serverNowMs: number): WallTone {
  const { waiting, waitingSince, today, promises } = board
  const free = freeAgents(board)
  switch (figure) {
    case 'waiting':
      if (waiting === 0) return 'ok'
      return waiting > Math.max(1, agentsThere(board)) ? 'bad' : 'warn'
    case 'longest': {
      const waited = waitingSince === null ? 0 : serverNowMs - Date.parse(waitingSince)
      return waited >= TOO_LONG_WAIT_MS ? 'bad' : waited >= LONG_WAIT_MS ? 'warn' : 'ok'
    }
    case 'free':
      if (free > 0) return 'ok'
      return waiting > 0 || agentsThere(board) === 0 ? 'bad' : 'warn'
    case 'level': {
      const level = serviceLevel(today)
      if (level === null) return 'calm'
      return level >= LEVEL_AIM ? 'ok' : level >= LEVEL_BAD ? 'warn' : 'bad'
    }
    case 'abandoned': {
      const rate = abandonRate(today)
      if (rate === null) return 'calm'
      return rate <= ABANDON_AIM ? 'ok' : rate <= ABANDON_BAD ? 'warn' : 'bad'
    }
    case 'promises':
      if (promises === null) return 'calm'
      return promises.late > 0 ? 'bad' : promises.atRisk > 0 ? 'warn' : 'ok'
  }
}

const MOST_ALARMS = 2

/** Those that fit beside the title: what nobody took before what somebody did, the gravest first. */
export function alarmsShown(alarms: readonly WallAlarm[]): { shown: WallAlarm[]; more: number } {
  const inOrder = alarms.toSorted((a, b) => alarmRank(a) - alarmRank(b))
  return { shown: inOrder.slice(0, MOST_ALARMS), more: Math.max(0, alarms.length - MOST_ALARMS) }
}

function alarmRank({ isAcknowledged, severity }: WallAlarm): number {
  return (isAcknowledged ? 2 : 0) + (severity === 'critical' ? 0 : 1)
}

/** Names those that nobody takes care of; another one makes another key. */
export function alarmKey(alarms: readonly WallAlarm[]): string {
  const open = alarms.filter(({ isAcknowledged }) => !isAcknowledged)
  return open
    .map(({ id }) => id)
    .toSorted()
    .join(' ')
}

/** How the people stand side by side: so many columns, and so many that fit. */
export function stripOf(count: number): { columns: number; shown: number } {
  const columns = count <= 8 ? 4 : count <= 20 ? 5 : count <= 28 ? 7 : 8
  const most = columns * 4
  // the last place says how many more there are
  return { columns, shown: count <= most ? count : most - 1 }
}

const LONG_NAME = 16

/** A long name by the initials of all but its last word, which is what a Vietnamese name is called by. */
export function shortName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const last = words.pop()
  if (last === undefined || name.length <= LONG_NAME) return name
  return [...words.map((word) => `${word.charAt(0)}.`), last].join(' ')
}

/** The code behind `#code=`; null when there is none. */
export function codeInFragment(hash: string): string | null {
  const code = new URLSearchParams(hash.replace(/^#/, '')).get('code')
  return code === null || code === '' ? null : code
}
