import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
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

const stops: (() => Promise<void>)[] = []
let isStopping = false

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
    calls: wholeNumber('calls', values.calls),
    serviceKills: wholeNumber('service-kills', values['service-kills']),
    pbxKills: wholeNumber('pbx-kills', values['pbx-kills']),
    seed: wholeNumber('seed', values.seed),
  }
  const folder = folderOf(values.keep)
  const bound = setTimeout(
    () => void stopAll(1, 'the run did not end in time'),
    boundOf(size.calls),
  )
  bound.unref()
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

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${name} must be a whole number\n${USAGE}`)
  return Number(text)
}

function boundOf(calls: number): number {
  return calls * PER_CALL_MS + AROUND_MS
}

function folderOf(kept: string | undefined): string {
  if (kept !== undefined) {
    if (existsSync(join(kept, 'hotline.db'))) throw new Error(`${kept} holds an earlier run`)
    mkdirSync(kept, { recursive: true })
    return kept
  }
  const folder = mkdtempSync(join(tmpdir(), 'hotline-kills-'))
  onStarted(async () => rmSync(folder, { recursive: true, force: true }))
  return folder
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

function onStarted(stop: () => Promise<void>): void {
  stops.push(stop)
}

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)
}

async function stopAll(code: number, why: string): Promise<never> {
  if (!isStopping) {
    isStopping = true
    if (why !== '') console.error(why)
    for (const stop of stops.splice(0).toReversed()) await stop().catch(console.error)
  }
  process.exit(code)
}

process.once('SIGINT', () => void stopAll(130, 'stopped'))
process.once('SIGTERM', () => void stopAll(143, 'stopped'))
try {
  await main()
  await stopAll(Number(process.exitCode ?? 0), '')
} catch (error) {
  await stopAll(1, error instanceof Error ? (error.stack ?? error.message) : String(error))
}
