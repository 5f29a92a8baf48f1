import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { runSeeds } from './run-seeds.ts'
import type { Simulated } from './simulate.ts'

/** `main.ts FROM TO [--threads N]`, for `scripts/simulate-promises`: exits with 1 when a seed fails. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string' } },
})
const [from = 1, to = 200] = positionals.map(Number)
const threads = Number(values.threads ?? availableParallelism())
const startedAt = performance.now()
const PROGRESS_EVERY = 250
const COUNTED = [
  'promises',
  'placed',
  'reached',
  'asked',
  'places',
  'served',
  'lives',
  'looks',
] as const
const totals = {
  seeds: 0,
  promises: 0,
  placed: 0,
  reached: 0,
  asked: 0,
  places: 0,
  served: 0,
  lives: 0,
  looks: 0,
}
const failed: Simulated[] = []

await runSeeds({ from, to, threads }, (result) => {
  totals.seeds += 1
  for (const name of COUNTED) totals[name] += result[name]
  if (result.faults.length > 0) report(result)
  if (totals.seeds % PROGRESS_EVERY === 0) console.log(sentence())
})
console.log(sentence())
for (const kind of ['forgotten', 'early', 'doubled'] as const) {
  console.log(`${String(countOf(kind)).padStart(6)} ${kind}`)
}
console.log(`${String(failed.length).padStart(6)} seeds failed`)
process.exitCode = failed.length === 0 ? 0 : 1

function report(result: Simulated): void {
  failed.push(result)
  console.log(
    `seed ${result.seed} failed; again: scripts/simulate-promises ${result.seed}-${result.seed}`,
  )
  for (const { kind, subject, detail } of result.faults) {
    console.log(`  ${kind} ${subject}: ${detail}`)
  }
}

function sentence(): string {
  const { seeds, promises, placed, reached, asked, places, served, lives, looks } = totals
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage()
  const processor = ((user + system) / 1e6 / seeds).toFixed(2)
  return (
    `${seeds} seeds in ${seconds.toFixed(0)} s (${(seeds / seconds).toFixed(1)} a second, ${processor} s of a processor each): ` +
    `${promises} promises, ${placed} calls, ${reached} reached, ${asked} asked in the queue, ${places} places, ${served} served, ${lives} starts of the service, ${looks} looks`
  )
}

function countOf(kind: string): number {
  return failed.flatMap(({ faults }) => faults).filter((fault) => fault.kind === kind).length
}
