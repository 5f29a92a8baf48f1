import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/** Names this run of tests, and removes at its end the schemas that its tests left to one another. */
export default function nameRun(): (() => Promise<void>) | undefined {
  const connectionString = process.env['TEST_DATABASE_URL']
  if (!connectionString) return undefined
  // Several projects of one run share the name.
  const run = (process.env['TEST_RUN'] ??= randomBytes(4).toString('hex'))
  return async () => {
    const client = new Client({ connectionString })
    await client.connect()
    const found = await client.query<{ name: string }>(
      'select nspname as name from pg_namespace where nspname like $1',
      [`t\\_${run}\\_%`],
    )
    // One by one: a single statement over all of them wants more locks than a server has room for.
    // oxlint-disable-next-line no-await-in-loop
    for (const { name } of found.rows) await client.query(`drop schema "${name}" cascade`)
    await client.end()
  }
}
