import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Db } from '../../server/db/schema.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { House } from '../../server/house.ts'
import { systemClock } from '../../server/system-clock.ts'
import { openBenchHouse } from './bench-house.ts'

const AGENTS: readonly string[] = ['101', '102']

export interface TicketPath {
  calls: Pick<House['calls'], 'handle' | 'idle'>
  database: Database
  /** Path of the SQLite file. */
  file: string
  /** How long each transaction took, from begin to durable, in milliseconds; newest last. */
  transactionMs: number[]
  /** Resolves when the calls are saved and their pops are on their way. */
  idle: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * The service's own way from a call event to a durable ticket and pop, without sockets: the real
 * call service, workflow, tickets, pops and customers over a SQLite file as in production.
 */
export async function openTicketPath(folder: string): Promise<TicketPath> {
  const file = `${folder}/tickets.db`
  const opened = await openDatabase(`sqlite:${file}`)
  await migrateToLatestOrThrow(opened)
  await addAgents(opened.db)
  const transactionMs: number[] = []
  const database = timed(opened, transactionMs)
  const { calls, pops, desk } = await openBenchHouse({ database, clock: systemClock })
  return {
    calls,
    database,
    file,
    transactionMs,
    async idle() {
      await calls.idle()
      await desk.settled()
      await pops.idle()
    },
    async stop() {
      await calls.idle()
      await desk.settled()
      await pops.stop()
      await opened.close()
    },
  }
}

/** The same database, noting how long each transaction takes. */
function timed(database: Database, transactionMs: number[]): Database {
  return {
    ...database,
    transaction(work) {
      const startedAt = performance.now()
      return database.transaction((trx) => {
        // Before the pop is sent: what follows the commit is no part of it.
        trx.afterCommit(() => transactionMs.push(performance.now() - startedAt), 'first')
        return work(trx)
      })
    },
  }
}

async function addAgents(db: Db): Promise<void> {
  const now = systemClock.now()
  const rows = AGENTS.map((extension) => ({
    id: extension,
    username: extension,
    display_name: extension,
    role: 'agent',
    extension,
    active: 1,
    password_hash: '',
    version: 1,
    created_at: now,
    updated_at: now,
  }))
  await db.insertInto('staff').values(rows).execute()
}
