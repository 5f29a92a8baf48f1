import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { z } from 'zod'
import { type Lateness, latenessOf } from './callback-lateness.ts'

/** What is used of graphile-worker, which is installed for the benchmark alone (`peers/package.json`). */
interface GraphileWorker {
  run(options: {
    connectionString: string
    concurrency: number
    noHandleSignals: boolean
    logger: unknown
    taskList: Record<string, (payload: unknown) => Promise<void>>
  }): Promise<{ stop(): Promise<void> }>
  runMigrations(options: { connectionString: string; logger: unknown }): Promise<void>
  Logger: new (factory: () => () => void) => unknown
}

const START_MS = 5_000
const GRACE_MS = 15_000
const CONCURRENCY = 10
const job = z.object({ index: z.number() })

/** The same promises as jobs of graphile-worker with its own settings, by `run_at`. */
export async function graphileLateness(
  connectionString: string,
  { count, spreadMs }: { count: number; spreadMs: number },
): Promise<Lateness> {
  const peer = loadPeer()
  const logger = new peer.Logger(() => () => undefined)
  await peer.runMigrations({ connectionString, logger })
  const firstDueMs = Date.now() + START_MS
  const dueMs = (index: number): number => firstDueMs + Math.floor((index * spreadMs) / count)
  await addJobs(
    connectionString,
    Array.from({ length: count }, (_, index) => new Date(dueMs(index))),
  )
  const arrivedMs = new Map<number, number>()
  const runner = await peer.run({
    connectionString,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger,
    taskList: {
      async dial(payload) {
        arrivedMs.set(job.parse(payload).index, Date.now())
      },
    },
  })
  const end = dueMs(count) + GRACE_MS
  while (arrivedMs.size < count && Date.now() < end) await delay(100)
  await runner.stop()
  return latenessOf([...arrivedMs].map(([index, at]) => at - dueMs(index)))
}

function loadPeer(): GraphileWorker {
  const load = createRequire(new URL('peers/package.json', import.meta.url))
  // oxlint-disable-next-line no-unsafe-type-assertion -- its types are not installed with the project
  return load('graphile-worker') as GraphileWorker
}

async function addJobs(connectionString: string, times: Date[]): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  await client.query(
    `select graphile_worker.add_job('dial', json_build_object('index', number - 1), run_at => due)
     from unnest($1::timestamptz[]) with ordinality as moment (due, number)`,
    [times],
  )
  await client.end()
}
