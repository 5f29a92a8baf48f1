import { setTimeout as delay } from 'node:timers/promises'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Db } from '../../server/db/schema.ts'
import { answerAction } from '../simulator/actions.ts'
import { startAmiServer, type AmiServer } from '../simulator/ami-server.ts'
import { createPbx } from '../simulator/pbx.ts'
import { SIMULATED_CONTEXTS, SIMULATED_USERS } from '../simulator/simulator.ts'
import { startBenchService } from './bench-service.ts'
import { memberOf } from './call-stream.ts'
import { quantile } from './statistics.ts'

export const PROMISES = 1_000
/** They fall due evenly within this time. */
export const SPREAD_MS = 60_000
/** Until the first falls due: the service starts and learns of a thousand phones. */
const START_MS = 10_000
const GRACE_MS = 5_000

export interface Lateness {
  p50: number
  p99: number
  max: number
  /** How many were dialled before their time. */
  early: number
  dialled: number
}

/**
 * A thousand promises of as many agents fall due within one minute: from each due moment to the
 * bytes of its Originate at the PBX. The service runs as `npm start` runs it; the PBX is this process.
 */
export async function callbackLateness(folder: string): Promise<Lateness> {
  const file = `${folder}/lateness.db`
  const firstDueMs = Date.now() + START_MS
  const dueMs = (index: number): number => firstDueMs + Math.floor((index * SPREAD_MS) / PROMISES)
  const arrivedMs = new Map<number, number>()
  const pbx = await startPbx((number) => {
    arrivedMs.set(Number(number.slice(2)) - FIRST_NUMBER, Date.now())
  })
  await storePromises(file, (index) => new Date(dueMs(index)).toISOString())
  const service = await startBenchService({
    file,
    logFile: `${folder}/lateness.log`,
    pbx: {
      amiUrl: `ami://hotline-tracker:simulator@127.0.0.1:${pbx.port}/pbx1`,
      dialerUrl: `ami://hotline-dialler:simulator@127.0.0.1:${pbx.port}/pbx1`,
    },
  })
  const end = dueMs(PROMISES) + GRACE_MS
  while (arrivedMs.size < PROMISES && Date.now() < end) await delay(100)
  await service.stop()
  await pbx.close()
  return latenessOf([...arrivedMs].map(([index, at]) => at - dueMs(index)))
}

/** In milliseconds; negative is early. */
export function latenessOf(samples: readonly number[]): Lateness {
  return {
    p50: quantile(samples, 0.5),
    p99: quantile(samples, 0.99),
    max: Math.max(...samples),
    early: samples.filter((sample) => sample < 0).length,
    dialled: samples.length,
  }
}

/** A PBX that shows every agent's free phone, accepts every Originate and says no more of it. */
async function startPbx(onOriginate: (number: string) => void): Promise<AmiServer> {
  const clock = { nowMs: () => Date.now(), after: () => () => undefined }
  const pbx = createPbx(clock, () => undefined)
  pbx.members = agents().map(({ extension }) => memberOf(extension, Date.now()))
  const settings = {
    version: '22.10.1',
    queues: ['hotline'],
    contexts: SIMULATED_CONTEXTS,
    originate: ({ number }: { number: string }) => onOriginate(number),
  }
  return startAmiServer({
    port: 0,
    users: SIMULATED_USERS,
    answer: (action, user) => answerAction(pbx, settings, action, user),
    fullyBooted: () => [
      ['Event', 'FullyBooted'],
      ['Privilege', 'system,all'],
      ['Status', 'Fully Booted'],
      ['Uptime', '3600'],
      ['LastReload', '3600'],
    ],
  })
}

const FIRST_NUMBER = 10_000_000

function agents() {
  return Array.from({ length: PROMISES }, (_, index) => ({
    id: `agent-${index}`,
    extension: String(20_000 + index),
    number: `09${FIRST_NUMBER + index}`,
  }))
}

async function storePromises(file: string, dueAt: (index: number) => string): Promise<void> {
  const database = await openDatabase(`sqlite:${file}`)
  await migrateToLatestOrThrow(database)
  await database.transaction(async ({ db }) => {
    for (const [index, agent] of agents().entries()) await storeOne(db, agent, dueAt(index))
  })
  await database.close()
}

async function storeOne(
  db: Db,
  { id, extension, number }: ReturnType<typeof agents>[number],
  dueAt: string,
): Promise<void> {
  const at = new Date().toISOString()
  const stamps = { version: 1, created_at: at, updated_at: at }
  const person = { username: id, display_name: id, role: 'agent', extension, active: 1 }
  await db
    .insertInto('staff')
    .values({ id, ...person, password_hash: '', ...stamps })
    .execute()
  await db
    .insertInto('agent_state')
    .values({ staff_id: id, state: 'ready', reason: null, since: at })
    .execute()
  const words = { subject: '', description: '' }
  const numbers = { number_raw: number, number_key: `+84${number.slice(1)}` }
  const nobody = { customer_id: null, opened_by_call_id: null, due_at: null }
  const kinds = { status: 'new', kind: 'incident', priority: 'normal', team: 'cskh' }
  await db
    .insertInto('ticket')
    .values({
      id: `ticket-${id}`,
      code: `KN-2026-${extension.padStart(6, '0')}`,
      ...kinds,
      channel: 'hotline',
      ...words,
      ...numbers,
      ...nobody,
      assignee_id: id,
      received_at: at,
      recovered: 0,
      ...stamps,
    })
    .execute()
  await db
    .insertInto('callback')
    .values({
      id: `callback-${id}`,
      ticket_id: `ticket-${id}`,
      number_raw: number,
      number_dial: number,
      due_at: dueAt,
      promised_for: dueAt,
      reason: 'guidance',
      team: 'cskh',
      status: 'scheduled',
      note: '',
      assignee_id: id,
      waiting_for: null,
      attempts: 0,
      lease_until: null,
      cancel_reason: null,
      created_by: id,
      ...stamps,
    })
    .execute()
}
