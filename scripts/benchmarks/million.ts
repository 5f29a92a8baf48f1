import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signIn, type ApiClient } from '../demo/api-client.ts'
import { DEMO_PASSWORD } from '../demo/people.ts'
import { seedDemo } from '../seed.ts'
import { startSimulator } from '../simulator/simulator.ts'
import { startBenchService } from './bench-service.ts'
import { describeMachine } from './machine.ts'
import { type Amount, fillDatabase, someIds } from './many-rows.ts'
import { ms, printRows, type Row, times } from './row.ts'
import { median, quantile, takeTurns } from './statistics.ts'

/** The history that the big one is compared with; it has as many pops per ticket. */
const SMALL_TICKETS = 10_000
const ROUNDS = 60
const WARM_UP = 10

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '1000000' },
    pops: { type: 'string', default: '10000000' },
  },
})

interface House {
  startMs: number
  agent: ApiClient
  supervisor: ApiClient
  ids: { ticketId: string; callId: string }
  stop: () => Promise<void>
}

/** What an agent's desk, a ticket, a call and the board ask, over HTTP as pages ask it. */
const READS: Record<string, (house: House) => Promise<unknown>> = {
  desk: ({ agent }) => agent.get('/api/desk'),
  ticket: ({ agent, ids }) => agent.get(`/api/tickets/${ids.ticketId}`),
  call: ({ agent, ids }) => agent.get(`/api/calls/${ids.callId}`),
  'calls, newest first': ({ agent }) => agent.get('/api/calls'),
  'tickets, newest first': ({ agent }) => agent.get('/api/tickets'),
  'open tickets': ({ agent }) => agent.get('/api/tickets?status=open'),
  'my open tickets': ({ agent }) => agent.get('/api/tickets?status=open&assignee=me'),
  'open promises': ({ agent }) => agent.get('/api/callbacks?status=open'),
  'whose number': ({ agent }) => agent.get('/api/customers/lookup?phone=0900000777'),
  board: ({ supervisor }) => supervisor.get('/api/queues'),
}

async function main(big: Amount): Promise<void> {
  console.log(describeMachine())
  await mkdir('data', { recursive: true })
  const folder = await mkdtemp(join('data', 'bench-million-'))
  const houses: House[] = []
  const short = { tickets: SMALL_TICKETS, pops: (big.pops / big.tickets) * SMALL_TICKETS }
  try {
    houses.push(await openHouse(folder, 'small', short), await openHouse(folder, 'big', big))
    const [small, large] = houses
    if (small === undefined || large === undefined) throw new Error('a house is missing')
    console.log(
      `${big.tickets} tickets and ${big.pops} pops against ${short.tickets} and ${short.pops}; SQLite, over HTTP\n`,
    )
    printRows([rowOf('start of the service', large.startMs, small.startMs)])
    for (const [what, read] of Object.entries(READS)) {
      printRows([
        await readRow(
          what,
          () => timed(read, large),
          () => timed(read, small),
        ),
      ])
    }
  } finally {
    for (const house of houses) await house.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function timed(read: (house: House) => Promise<unknown>, house: House): Promise<number> {
  const before = performance.now()
  await read(house)
  return performance.now() - before
}

async function readRow(
  what: string,
  large: () => Promise<number>,
  small: () => Promise<number>,
): Promise<Row> {
  const rounds = (await takeTurns(ROUNDS + WARM_UP, large, small)).slice(WARM_UP)
  const ours = rounds.map((round) => round.ours)
  const row = rowOf(what, median(ours), median(rounds.map((round) => round.peer)))
  return { ...row, ours: `${row.ours} (p95 ${ms(quantile(ours, 0.95))})` }
}

function rowOf(what: string, largeMs: number, smallMs: number): Row {
  return {
    what,
    ours: ms(largeMs),
    peer: `${ms(smallMs)} with the small history`,
    ratio: times(largeMs / smallMs),
    budget: '≤ 1.5 ×',
    isWithin: largeMs / smallMs <= 1.5,
  }
}

async function openHouse(folder: string, name: string, amount: Amount): Promise<House> {
  const own = join(folder, name)
  await mkdir(own)
  const file = join(own, 'hotline.db')
  const seeding = await serve(own, file)
  await seedDemo(seeding.baseUrl)
  await seeding.stop()
  await fillDatabase(file, own, amount)
  const service = await serve(own, file)
  const as = (username: string) => signIn(service.baseUrl, { username, password: DEMO_PASSWORD })
  return {
    startMs: service.startMs,
    agent: await as('lan'),
    supervisor: await as('giamsat'),
    ids: await someIds(file),
    stop: () => service.stop(),
  }
}

/** The service with a PBX of its own that is quiet. */
async function serve(folder: string, file: string) {
  const simulator = await startSimulator()
  const logFile = join(folder, 'service.log')
  const service = await startBenchService({ file, logFile, pbx: simulator })
  return {
    ...service,
    async stop() {
      await service.stop()
      await simulator.stop()
    },
  }
}

await main({ tickets: Number(values.tickets), pops: Number(values.pops) })
