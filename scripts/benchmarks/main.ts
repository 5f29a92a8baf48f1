import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type AnsweredRows, readAnsweredRows } from './answered-rows.ts'
import { measureStaleness, type Staleness } from './board-staleness.ts'
import { callbackLateness, type Lateness, PROMISES, SPREAD_MS } from './callback-lateness.ts'
import { graphileLateness } from './graphile-lateness.ts'
import { describeMachine, fsyncMs } from './machine.ts'
import { pipelineSides } from './pipeline-without-database.ts'
import { popContest } from './pop-latency.ts'
import { publishOurs, publishRaw } from './queue-patch.ts'
import { sqliteLayerContest } from './sqlite-layer.ts'
import { ms, printRows, rate, type Row, times } from './row.ts'
import { medianOf, type Round, takeTurns } from './statistics.ts'
import { insertRawRows, openTicketsInBurst, openTicketsSingly } from './ticket-contest.ts'

const POP_ROUNDS = 4
const TICKET_ROUNDS = 6
const PIPELINE_ROUNDS = 8
const PATCH_ROUNDS = 4
/** What an opened ticket may write; row kinds that came later name theirs (`LATER_KINDS`). */
const PAGES = 14
/** The first round of each side warms it up and is thrown away. */
const WARM_UP = 1

/** Every row of the budgets by the word that asks for it alone: `scripts/bench pop burst`. */
const ROWS: Record<string, (folder: string, rows: AnsweredRows) => Promise<Row[]>> = {
  pop: popRows,
  ticket: ticketRows,
  burst: burstRows,
  pipeline: pipelineRows,
  callback: callbackRows,
  patch: patchRows,
  board: boardRows,
  sqlite: sqliteRows,
}

async function main(asked: readonly string[]): Promise<void> {
  const unknown = asked.filter((name) => ROWS[name] === undefined)
  if (unknown.length > 0) {
    throw new Error(`no row ${unknown.join(', ')}; there are ${Object.keys(ROWS).join(', ')}`)
  }
  console.log(describeMachine())
  // on the disk where the data is
  await mkdir('data', { recursive: true })
  const folder = await mkdtemp(join('data', 'bench-'))
  try {
    console.log(`making 4 KiB durable on this disk: ${ms(fsyncMs(folder))} (median)\n`)
    const answered = await readAnsweredRows(folder)
    for (const [name, measure] of Object.entries(ROWS)) {
      if (asked.length === 0 || asked.includes(name)) printRows(await measure(folder, answered))
    }
    console.log('\nRatios are medians of ours ÷ peer within each round; sides take turns (ABBA).')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whether the own SQLite layer earns its lines: a ticket-like transaction, against Kysely's dialect. */
async function sqliteRows(folder: string): Promise<Row[]> {
  const { oursP50Ms, kyselyP50Ms, kyselyCompiledOnceP50Ms } = await sqliteLayerContest(folder)
  const ratio = oursP50Ms / kyselyP50Ms
  return [
    {
      what: 'SQLite layer, six statements in one transaction p50',
      ours: ms(oursP50Ms),
      peer: `${ms(kyselyP50Ms)} Kysely's dialect (${ms(kyselyCompiledOnceP50Ms)} with statements compiled once)`,
      ratio: times(ratio),
      budget: '≤ 0.75 ×',
      isWithin: ratio <= 0.75,
    },
  ]
}

async function popRows(folder: string, answered: AnsweredRows): Promise<Row[]> {
  const contest = await popContest(folder, answered, POP_ROUNDS + WARM_UP)
  const rounds = await takeTurns(POP_ROUNDS + WARM_UP, contest.ours, contest.peer)
  await contest.stop()
  rounds.splice(0, WARM_UP)
  return [
    popRow(rounds, 'pop latency p50, AgentConnect bytes to browser', ({ p50 }) => p50, 1.5),
    popRow(rounds, 'pop latency p99', ({ p99 }) => p99, 2),
  ]
}

interface PopLatency {
  p50: number
  p99: number
}

function popRow(
  rounds: readonly Round<PopLatency>[],
  what: string,
  figure: (latency: PopLatency) => number,
  budget: number,
): Row {
  const ratio = medianOf(rounds, ({ ours, peer }) => figure(ours) / figure(peer))
  return {
    what,
    ours: ms(medianOf(rounds, ({ ours }) => figure(ours))),
    peer: `${ms(medianOf(rounds, ({ peer }) => figure(peer)))} bare relay with a raw commit of the same rows`,
    ratio: times(ratio),
    budget: `≤ ${budget} ×`,
    isWithin: ratio <= budget,
  }
}

async function ticketRows(folder: string, answered: AnsweredRows): Promise<Row[]> {
  const rounds = await ticketRounds(folder, answered, () => openTicketsSingly(folder))
  const toTight = medianOf(rounds, ({ ours, peer }) => ours.p50Ms / peer.sameRows.p50Ms)
  const toOneRow = medianOf(rounds, ({ ours, peer }) => ours.p50Ms / peer.oneRow.p50Ms)
  const toPaused = medianOf(rounds, ({ ours, peer }) => ours.p50Ms / peer.paused.p50Ms)
  const pages = medianOf(rounds, ({ ours }) => ours.pages)
  const leastPages = medianOf(rounds, ({ ours }) => ours.leastPages)
  const ownPages = medianOf(rounds, ({ ours }) => ours.ownPages)
  const later = ['clocks', 'search', 'lists'] as const
  const laterPages = later.map(
    (kind) => `${medianOf(rounds, ({ ours }) => ours.laterPages[kind]).toFixed(1)} ${kind}`,
  )
  const rawPages = medianOf(rounds, ({ peer }) => peer.sameRows.pages)
  return [
    {
      what: 'durable “ticket opened” transaction p50',
      ours: ms(medianOf(rounds, ({ ours }) => ours.p50Ms)),
      peer: `${ms(medianOf(rounds, ({ peer }) => peer.paused.p50Ms))} raw loop of the same rows in the rhythm of calls`,
      ratio: `${times(toPaused)} (${times(toTight)} the same loop without a pause, ${times(toOneRow)} a raw loop of one row)`,
      budget: '≤ 1.4 ×',
      isWithin: toPaused <= 1.4,
    },
    {
      what: 'pages written per opened ticket',
      ours: `${pages} pages (${leastPages} where no page is full): ${ownPages} of its own, ${laterPages.join(', ')}`,
      peer: `${rawPages} of the raw loop`,
      ratio: times(pages / rawPages),
      budget: `≤ ${PAGES} pages of its own`,
      isWithin: ownPages <= PAGES,
    },
  ]
}

async function burstRows(folder: string, answered: AnsweredRows): Promise<Row[]> {
  const rounds = await ticketRounds(folder, answered, () => openTicketsInBurst(folder))
  const ratio = medianOf(rounds, ({ ours, peer }) => ours.perSecond / peer.sameRows.perSecond)
  const toOneRow = medianOf(rounds, ({ ours, peer }) => ours.perSecond / peer.oneRow.perSecond)
  const ceiling = medianOf(rounds, ({ peer }) => peer.atOncePerSecond / peer.sameRows.perSecond)
  const rawRate = medianOf(rounds, ({ peer }) => peer.sameRows.perSecond)
  return [
    {
      what: 'burst of 500 answered calls',
      ours: rate(medianOf(rounds, ({ ours }) => ours.perSecond)),
      peer: `${rate(rawRate)} raw, one commit per ticket of the same rows`,
      ratio: `${times(ratio)} (${times(toOneRow)} a raw loop of one row; by hand in one commit ${times(ceiling)})`,
      budget: '≥ 4 ×',
      isWithin: ratio >= 4,
    },
  ]
}

async function ticketRounds<Ours>(
  folder: string,
  answered: AnsweredRows,
  ours: () => Promise<Ours>,
) {
  const raw = () => insertRawRows(folder, answered)
  const rounds = await takeTurns(TICKET_ROUNDS + WARM_UP, ours, raw)
  return rounds.slice(WARM_UP)
}

async function pipelineRows(): Promise<Row[]> {
  const { ours: our, peer: bare } = pipelineSides()
  const rounds = await takeTurns(PIPELINE_ROUNDS + WARM_UP, our, bare)
  rounds.splice(0, WARM_UP)
  const ratio = medianOf(rounds, ({ ours, peer }) => ours.eventsPerSecond / peer.eventsPerSecond)
  return [
    {
      what: 'event pipeline without database',
      ours: rate(medianOf(rounds, ({ ours }) => ours.eventsPerSecond)),
      peer: `${rate(medianOf(rounds, ({ peer }) => peer.eventsPerSecond))} parse + emit`,
      ratio: times(ratio),
      budget: '≥ 1 ×',
      isWithin: ratio >= 1,
    },
  ]
}

async function callbackRows(folder: string): Promise<Row[]> {
  const ours = await callbackLateness(folder)
  const peer = await graphileLateness(postgresUrl(), { count: PROMISES, spreadMs: SPREAD_MS })
  const ratio = ours.p99 / peer.p99
  const isWhole = ours.dialled === PROMISES && ours.early === 0
  return [
    {
      what: 'callback lateness, due to Originate bytes, 1,000 in one minute',
      ours: `${latenessText(ours)} dialled`,
      peer: `${latenessText(peer)} done by graphile-worker’s run_at`,
      ratio: `p99 ${times(ratio)}`,
      budget: 'p99 ≤ 0.05 ×, all dialled, none early, max 250 ms',
      isWithin: isWhole && ours.max <= 250 && ratio <= 1 / 20,
    },
  ]
}

function latenessText({ p50, p99, max, early, dialled }: Lateness): string {
  return `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms, ${early} early, ${dialled}`
}

/** Of the server that `scripts/bench` starts for the peer. */
function postgresUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set: run scripts/bench')
  return url
}

async function patchRows(): Promise<Row[]> {
  const { patches } = await publishOurs()
  const rounds = await takeTurns(PATCH_ROUNDS + WARM_UP, publishOurs, () => publishRaw(patches))
  rounds.splice(0, WARM_UP)
  const ratio = medianOf(rounds, ({ ours, peer }) => ours.cpuMs / peer.cpuMs)
  const share = medianOf(rounds, ({ ours }) => ours.share)
  return [
    {
      what: 'queue patches to 200 screens, CPU',
      ours: `${Math.round(medianOf(rounds, ({ ours }) => ours.cpuMs))} ms of ${patches.length} patches`,
      peer: `${Math.round(medianOf(rounds, ({ peer }) => peer.cpuMs))} ms raw io.to().emit of the same bytes`,
      ratio: times(ratio),
      budget: '≤ 1.25 ×',
      isWithin: ratio <= 1.25,
    },
    {
      what: 'queue patches, bytes',
      ours: `${Math.round(JSON.stringify(patches).length / patches.length)} bytes a patch`,
      peer: 'full snapshots',
      ratio: `${(share * 100).toFixed(1)} %`,
      budget: '≤ 10 %',
      isWithin: share <= 0.1,
    },
  ]
}

async function boardRows(folder: string): Promise<Row[]> {
  const { boards, steered } = await measureStaleness(folder)
  return [
    stalenessRow('a caller’s event to 200 open boards, 10 calls a second', boards),
    stalenessRow('a supervisor’s pause to the page of its agent', steered),
  ]
}

function stalenessRow(what: string, { p50, p99, max, count }: Staleness): Row {
  return {
    what,
    ours: `p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)} of ${count}`,
    peer: 'the clock on the wall',
    ratio: 'no ratio',
    budget: 'p99 ≤ 1 s',
    isWithin: p99 <= 1_000,
  }
}

await main(process.argv.slice(2))
