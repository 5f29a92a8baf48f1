import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { administer, schemaName, schemaUrl } from './postgres-schema.ts'

const SCRIPT = resolve(import.meta.dirname, '../../scripts/postgres-for-tests')
const run = promisify(execFile)

/** A PostgreSQL server of one test alone, to be taken away from a running service. */
export interface OwnPostgres {
  /** An empty schema of its own. */
  makeSchema(): Promise<string>
  /** Cuts every session and ends, as for a restart. */
  halt(): Promise<void>
  /** Resolves when it takes connections again, on the same port. */
  resume(): Promise<void>
  /** Every statement since it was started last, in order. */
  statements(): string[]
  remove(): Promise<void>
}

/** Starts one that says in its log what it is asked, from the first `resume` on. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const { stdout } = await run(SCRIPT, ['start'])
  const said = Object.fromEntries(stdout.trim().split('\n').map(pairOf))
  const { TEST_DATABASE_URL: url = '', PGTEST_DIR: folder = '' } = said
  await administer(url, "alter system set log_statement = 'all'")
  const ask = async (what: string) => void (await run(SCRIPT, [what, folder]))
  return {
    async makeSchema() {
      const schema = schemaName()
      await administer(url, `create schema ${schema}`)
      return schemaUrl(url, schema)
    },
    halt: () => ask('halt'),
    resume: () => ask('resume'),
    statements() {
      const log = readFileSync(`${folder}/server.log`, 'utf8')
      const lines = log.slice(log.lastIndexOf('ready to accept connections')).split('\n')
      return lines.flatMap((line) => / (?:statement|execute [^:]+): (.+)/.exec(line)?.[1] ?? [])
    },
    remove: () => ask('stop'),
  }
}

function pairOf(line: string): [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}
