import type { ServiceStatus } from '#contract/health.ts'
import type { PbxStatus, QueuesPatch, QueuesSnapshot } from '#contract/queues.ts'
import { changeConnection } from './connection.ts'
import type { Connection } from './connection.ts'
import { reduceDesk } from './desk.ts'
import type { DeskNews, DeskState } from './desk.ts'
import { applyQueuesPatch } from './queues.ts'

/** Everything that arrives by socket, as the page holds it. */
export interface LiveState {
  connection: Connection
  /** Server clock minus this machine's clock, in ms. */
  clockOffsetMs: number
  desk: DeskState | null
  queues: QueuesSnapshot | null
  /** News were missed: a snapshot must be fetched. */
  queuesGap: boolean
  pbx: PbxStatus[]
  service: ServiceStatus
  /** The server's build when this page was loaded. */
  appVersion: string | null
  outdated: boolean
}

export type LiveNews =
  | DeskNews
  | { type: 'connection'; status: Connection['status'] }
  | { type: 'queues_snapshot'; snapshot: QueuesSnapshot }
  | { type: 'queues_patch'; patch: QueuesPatch }
  | { type: 'pbx_status'; pbx: PbxStatus[] }
  | { type: 'service_status'; service: ServiceStatus }
  | { type: 'client_outdated' }
  | { type: 'signed_out' }

const ALL_WELL: ServiceStatus = { database: 'ok', since: null }

export function emptyLive(nowMs: number): LiveState {
  return {
    connection: { status: 'connecting', since: nowMs },
    clockOffsetMs: 0,
    desk: null,
    queues: null,
    queuesGap: false,
    pbx: [],
    service: ALL_WELL,
    appVersion: null,
    outdated: false,
  }
}

/** Pure: the page's live state after one piece of news, `nowMs` being this machine's clock. */
export function reduceLive(live: LiveState, news: LiveNews, nowMs: number): LiveState {
  switch (news.type) {
    case 'connection':
      return withConnection(live, news.status, nowMs)
    case 'queues_snapshot':
      return withQueues(live, news.snapshot)
    case 'queues_patch':
      return withPatch(live, news.patch)
    case 'pbx_status':
      return {
        ...live,
        pbx: news.pbx,
        queues: live.queues && { ...live.queues, pbx: news.pbx },
      }
    case 'service_status':
      return { ...live, service: news.service }
    case 'client_outdated':
      return { ...live, outdated: true }
    case 'signed_out':
      return emptyLive(nowMs)
    case 'desk_snapshot':
      return withDeskSnapshot(live, news, nowMs)
    case 'screen_pop':
    case 'desk_call':
    case 'agent_state':
    case 'callback_updated':
    case 'counts':
      return { ...live, desk: reduceDesk(live.desk, news) }
    default:
      return news satisfies never
  }
}

/** What a new connection says of the PBXs replaces what the last one said; silence means ready. */
function withConnection(live: LiveState, status: Connection['status'], nowMs: number): LiveState {
  const connection = changeConnection(live.connection, status, nowMs)
  return status === 'connected' ? { ...live, connection, pbx: [] } : { ...live, connection }
}

type SnapshotNews = Extract<DeskNews, { type: 'desk_snapshot' }>

function withDeskSnapshot(live: LiveState, news: SnapshotNews, nowMs: number): LiveState {
  const { serverTime, appVersion, service = ALL_WELL } = news.snapshot
  const loadedVersion = live.appVersion ?? appVersion
  return {
    ...live,
    desk: reduceDesk(live.desk, news),
    clockOffsetMs: Date.parse(serverTime) - nowMs,
    service,
    appVersion: loadedVersion,
    outdated: live.outdated || appVersion !== loadedVersion,
  }
}

/** A server restart starts `rev` again, so a snapshot always wins. */
function withQueues(live: LiveState, snapshot: QueuesSnapshot): LiveState {
  return { ...live, queues: snapshot, queuesGap: false, pbx: snapshot.pbx }
}

function withPatch(live: LiveState, patch: QueuesPatch): LiveState {
  if (!live.queues) return { ...live, queuesGap: true }
  const result = applyQueuesPatch(live.queues, patch)
  switch (result.kind) {
    case 'applied':
      return { ...live, queues: result.snapshot, pbx: result.snapshot.pbx }
    case 'old':
      return live
    case 'gap':
      return { ...live, queuesGap: true }
    default:
      return result satisfies never
  }
}
