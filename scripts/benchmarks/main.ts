import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describeMachine, fsyncMs } from './machine.ts'
import { pipelineSides } from './pipeline-without-database.ts'
import { popContest } from './pop-latency.ts'
import type { RawInserts } from './raw-inserts.ts'
import { medianOf, takeTurns } from './statistics.ts'
import { insertRawRows, openTicketsInBurst, openTicketsSingly } from './ticket-contest.ts'

/** One row of the budgets: what was measured on both sides, and whether it is within budget. */
interface Row {
  what: string
  ours: string
  peer: string
  ratio: string
  budget: string
  isWithin: boolean
}

const POP_ROUNDS = 4
const TICKET_ROUNDS = 6
const PIPELINE_ROUNDS = 8
/** The first round of each side warms it up and is thrown away. */
const WARM_UP = 1

async function main(): Promise<void> {
  console.log(describeMachine())
  // on the disk where the data is
  await mkdir('data', { recursive: true })
  const folder = await mkdtemp(join('data', 'bench-'))
  try {
    const fsync = fsyncMs(folder)
    console.log(`making 4 KiB durable on this disk: ${ms(fsync)} (median)\n`)
    print([...(await popRows(folder)), await ticketRow(folder), await burstRow(folder)])
    print([await pipelineRow()])
    console.log('\nRatios are medians of ours ÷ peer within each round; sides take turns (ABBA).')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function popRows(folder: string): Promise<Row[]> {
  const contest = await popContest(folder)
  const rounds = await takeTurns(POP_ROUNDS + WARM_UP, contest.ours, contest.peer)
  await contest.stop()
  rounds.splice(0, WARM_UP)
  const fsync = medianOf(rounds, ({ ours }) => ours.fsync)
  const p50 = medianOf(rounds, ({ ours }) => ours.p50)
  const peerP50 = medianOf(rounds, ({ peer }) => peer.p50)
  const p99Ratio = medianOf(rounds, ({ ours, peer }) => ours.p99 / peer.p99)
  const extra = medianOf(rounds, ({ ours, peer }) => ours.p50 - peer.p50)
  const inFsyncs = medianOf(rounds, ({ ours, peer }) => (ours.p50 - peer.p50) / ours.fsync)
  return [
    {
      what: 'pop latency p50, AgentConnect bytes to browser',
      ours: ms(p50),
      peer: `${ms(peerP50)} bare relay`,
      ratio: `+ ${ms(extra)} = peer + ${inFsyncs.toFixed(2)} × fsync`,
      budget: `≤ peer + 1.5 × fsync (of ${ms(fsync)})`,
      isWithin: inFsyncs <= 1.5,
    },
    {
      what: 'pop latency p99',
      ours: ms(medianOf(rounds, ({ ours }) => ours.p99)),
      peer: `${ms(medianOf(rounds, ({ peer }) => peer.p99))} bare relay`,
      ratio: times(p99Ratio),
      budget: '≤ 2 ×',
      isWithin: p99Ratio <= 2,
    },
  ]
}

async function ticketRow(folder: string): Promise<Row> {
  const rounds = await ticketRounds(folder, () => openTicketsSingly(folder))
  const ratio = medianOf(rounds, ({ ours, peer }) => ours.p50Ms / peer.sameRows.p50Ms)
  const toOneRow = medianOf(rounds, ({ ours, peer }) => ours.p50Ms / peer.oneRow.p50Ms)
  return {
    what: 'durable “ticket opened” transaction p50',
    ours: ms(medianOf(rounds, ({ ours }) => ours.p50Ms)),
    peer: `${ms(medianOf(rounds, ({ peer }) => peer.sameRows.p50Ms))} raw loop of the same rows`,
    ratio: `${times(ratio)} (${times(toOneRow)} a raw loop of one row)`,
    budget: '≤ 1.6 ×',
    isWithin: ratio <= 1.6,
  }
}

async function burstRow(folder: string): Promise<Row> {
  const rounds = await ticketRounds(folder, () => openTicketsInBurst(folder))
  const ratio = medianOf(rounds, ({ ours, peer }) => ours.perSecond / peer.sameRows.perSecond)
  const toOneRow = medianOf(rounds, ({ ours, peer }) => ours.perSecond / peer.oneRow.perSecond)
  return {
    what: 'burst of 500 answered calls',
    ours: rate(medianOf(rounds, ({ ours }) => ours.perSecond)),
    peer: `${rate(medianOf(rounds, ({ peer }) => peer.sameRows.perSecond))} raw, one commit per ticket`,
    ratio: `${times(ratio)} (${times(toOneRow)} a raw loop of one row)`,
    budget: '≥ 4 ×',
    isWithin: ratio >= 4,
  }
}

async function ticketRounds(folder: string, ours: () => Promise<RawInserts>) {
  const rounds = await takeTurns(TICKET_ROUNDS + WARM_UP, ours, () => insertRawRows(folder))
  return rounds.slice(WARM_UP)
}

async function pipelineRow(): Promise<Row> {
  const { ours: our, peer: bare } = pipelineSides()
  const rounds = await takeTurns(PIPELINE_ROUNDS + WARM_UP, our, bare)
  rounds.splice(0, WARM_UP)
  const ratio = medianOf(rounds, ({ ours, peer }) => ours.eventsPerSecond / peer.eventsPerSecond)
  return {
    what: 'event pipeline without database',
    ours: rate(medianOf(rounds, ({ ours }) => ours.eventsPerSecond)),
    peer: `${rate(medianOf(rounds, ({ peer }) => peer.eventsPerSecond))} parse + emit`,
    ratio: times(ratio),
    budget: '≥ 0.8 ×',
    isWithin: ratio >= 0.8,
  }
}

function print(rows: readonly Row[]): void {
  for (const { what, ours, peer, ratio, budget, isWithin } of rows) {
    const verdict = isWithin ? 'within budget' : 'OVER BUDGET'
    console.log(`${what}\n    ${ours} against ${peer}: ${ratio}, budget ${budget}: ${verdict}`)
  }
}

function ms(value: number): string {
  return `${value.toFixed(3)} ms`
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond)}/s`
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`
}

await main()
