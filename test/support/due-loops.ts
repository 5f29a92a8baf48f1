import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../server/db/schema.ts'
import { CHILD_ENV } from './child-env.ts'

const PROGRAM = join(import.meta.dirname, 'due-loop-process.ts')
const orders = z.array(z.string())

/** Processes of their own over one database, each of which runs only the loop that dials what is due. */
export async function startDueLoops(databaseUrl: string, names: readonly string[]) {
  const url = new URL(databaseUrl)
  const program = `due loops ${randomUUID()}`
  url.searchParams.set('application_name', program)
  const children = await Promise.all(names.map((name) => startOne(url.href, name)))
  return {
    /** How many of them wait for a row that somebody holds. */
    async waiting(db: Db): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity
        where application_name = ${program} and wait_event_type = 'Lock'`.execute(db)
      return rows[0]?.count ?? 0
    },
    /** All look at the same moment, while these agents' phones are free; which phones each ordered. */
    look: (agents: readonly { id: string; extension: string | null }[]) =>
      Promise.all(
        children.map(async (child) => {
          const answer = once(child, 'message')
          child.send(agents)
          return orders.parse((await answer)[0])
        }),
      ),
    async stop(): Promise<void> {
      await Promise.all(
        children.map(async (child) => {
          const gone = once(child, 'exit')
          child.disconnect()
          await gone
        }),
      )
    },
  }
}

async function startOne(databaseUrl: string, name: string): Promise<ChildProcess> {
  const child = fork(PROGRAM, [databaseUrl, name], { env: CHILD_ENV })
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the loop ${name} did not start`))),
  ])
  return child
}
