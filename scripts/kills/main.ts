import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { endAfter, onStarted, runBounded, runFolder, say, wholeNumber } from '../bounded-script.ts'
import { compareRun } from './compare.ts'
import type { Evidence } from './evidence.ts'
import { planRun } from './plan.ts'
import { reportOf } from './report.ts'
import { playRun } from './run.ts'

const USAGE = `scripts/kill-run [--calls 500] [--service-kills 10] [--pbx-kills 3] [--seed 1]
                 [--postgres]       the service's database is a PostgreSQL of its own, not SQLite
                 [--keep FOLDER]    keeps what everybody wrote: evidence.json, service.log
scripts/kill-run --recount FOLDER   compares a kept run again`

/** A run that hangs is ended: this much per call, and for all that comes around them. */
const [PER_CALL_MS, AROUND_MS] = [4_000, 6 * 60_000]

/** What this script wrote itself is not looked at closely. */
const keptEvidence = z.custom<Evidence>(
  (value) => typeof value === 'object' && value !== null && 'witness' in value && 'books' in value,
)

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      calls: { ...text, default: '500' },
      'service-kills': { ...text, default: '10' },
      'pbx-kills': { ...text, default: '3' },
      seed: { ...text, default: '1' },
      postgres: { type: 'boolean', default: false },
      keep: text,
      recount: text,
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  if (values.recount !== undefined) return judge(readKept(values.recount))
  const size = {
    calls: wholeNumber('calls', values.calls, USAGE),
    serviceKills: wholeNumber('service-kills', values['service-kills'], USAGE),
    pbxKills: wholeNumber('pbx-kills', values['pbx-kills'], USAGE),
    seed: wholeNumber('seed', values.seed, USAGE),
  }
  const folder = runFolder(values.keep)
  endAfter(boundOf(size.calls))
  const databaseUrl = values.postgres ? startPostgres() : `sqlite:${folder}/hotline.db`
  const setting = { folder, databaseUrl, say, onStarted }
  const evidence = await playRun(planRun(size), setting)
  if (values.keep !== undefined)
    writeFileSync(join(folder, 'evidence.json'), JSON.stringify(evidence))
  judge(evidence)
}

function judge(evidence: Evidence): void {
  const comparison = compareRun(evidence)
  console.log(reportOf(comparison))
  console.log(`errors in the service's log: ${evidence.errors.length}`)
  for (const line of evidence.errors.slice(0, 10)) console.log(`  ${line}`)
  const isRight = comparison.differences.length === 0 && evidence.errors.length === 0
  process.exitCode = isRight ? 0 : 1
}

function readKept(folder: string): Evidence {
  return keptEvidence.parse(JSON.parse(readFileSync(join(folder, 'evidence.json'), 'utf8')))
}

function boundOf(calls: number): number {
  return calls * PER_CALL_MS + AROUND_MS
}

function startPostgres(): string {
  const { stdout, status } = spawnSync('scripts/postgres-for-tests', ['start'], {
    encoding: 'utf8',
  })
  const url = /^TEST_DATABASE_URL=(.*)$/m.exec(stdout)?.[1]
  const folder = /^PGTEST_DIR=(.*)$/m.exec(stdout)?.[1]
  if (status !== 0 || url === undefined || folder === undefined)
    throw new Error('PostgreSQL did not start')
  onStarted(async () => void spawnSync('scripts/postgres-for-tests', ['stop', folder]))
  return url
}

await runBounded(main)
