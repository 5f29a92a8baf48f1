import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { endAfter, onStarted, runBounded, runFolder, say, wholeNumber } from '../bounded-script.ts'
import type { BoardMember, BoardQueue } from './compare.ts'
import { compareBoard } from './compare.ts'
import { countDay, type CountWitness } from './count.ts'
import { reportOf } from './report.ts'
import { type CountEvidence, playCounted } from './run.ts'

const USAGE = `scripts/count-run [--calls 200] [--members 20] [--seed 1]
                  [--keep FOLDER]    keeps what everybody wrote: evidence.json, service.log
scripts/count-run --recount FOLDER   counts a kept run again`

/** A run that hangs is ended: this much per call, and for all that comes around them. */
const [PER_CALL_MS, AROUND_MS] = [3_000, 5 * 60_000]
const MOST_MEMBERS = 20

type Kept = {
  readonly witness: CountWitness
  readonly queues: [string, BoardQueue][]
  readonly members: [string, BoardMember][]
  readonly errors: string[]
}

/** What this script wrote itself is not looked at closely. */
const keptRun = z.custom<Kept>(
  (value) => typeof value === 'object' && value !== null && 'witness' in value && 'queues' in value,
)

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      calls: { ...text, default: '200' },
      members: { ...text, default: '20' },
      seed: { ...text, default: '1' },
      keep: text,
      recount: text,
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(USAGE)
  if (values.recount !== undefined) return judge(readKept(values.recount))
  const calls = wholeNumber('calls', values.calls, USAGE)
  const members = wholeNumber('members', values.members, USAGE)
  const seed = wholeNumber('seed', values.seed, USAGE)
  if (members < 2 || members > MOST_MEMBERS)
    throw new Error(`--members must be 2 to ${MOST_MEMBERS}\n${USAGE}`)
  const folder = runFolder(values.keep)
  endAfter(calls * PER_CALL_MS + AROUND_MS)
  const order = {
    calls,
    members,
    seed,
    gapMs: 1_000,
    ringMs: [200, 2_200],
    talkMs: [2_500, 8_000],
    // an attempt and the second after it take six seconds; a phone is answered well inside one
    longWaitsMs: [5_000, 11_000, 23_000, 35_000, 61_000],
    patienceMs: [6_000, 25_000],
    attemptSeconds: 5,
    mostWaiting: 14,
    waitSeconds: 72,
  } as const
  const databaseUrl = `sqlite:${folder}/hotline.db`
  const evidence = await playCounted(order, { folder, databaseUrl, say, onStarted })
  if (values.keep !== undefined) keep(folder, evidence)
  judge(evidence)
}

function judge({ witness, board, errors }: CountEvidence): void {
  const count = countDay(witness)
  const differences = compareBoard(count, board)
  console.log(reportOf(count, board, differences))
  console.log(`errors in the service's log: ${errors.length}`)
  for (const line of errors.slice(0, 10)) console.log(`  ${line}`)
  process.exitCode = differences.length === 0 && errors.length === 0 ? 0 : 1
}

function keep(folder: string, { witness, board, errors }: CountEvidence): void {
  const kept = { witness, queues: [...board.queues], members: [...board.members], errors }
  writeFileSync(join(folder, 'evidence.json'), JSON.stringify(kept))
}

function readKept(folder: string): CountEvidence {
  const text = readFileSync(join(folder, 'evidence.json'), 'utf8')
  const { witness, queues, members, errors } = keptRun.parse(JSON.parse(text))
  return { witness, board: { queues: new Map(queues), members: new Map(members) }, errors }
}

await runBounded(main)
