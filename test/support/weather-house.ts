import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { sql } from 'kysely'
import type { Event } from '../../scripts/benchmarks/call-stream.ts'
import { formatFrame } from '../../scripts/simulator/frames.ts'
import { type Readiness, readiness } from '../../server/contract/health.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/transaction.ts'
import { postgresTestUrl, type TestDialect } from './database.ts'
import { startFakeAmi } from './fake-ami-server.ts'
import { type Hotline, startHotline } from './hotline.ts'
import type { OutageScene } from './outage.ts'
import type { Listener, Person } from './person.ts'
import { createShiftedClock, type ShiftedClock } from './shifted-clock.ts'
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts'
import { eventually } from './eventually.ts'

/** The whole service between a fake PBX and a database that can be taken away. */
export interface WeatherHouse extends OutageScene {
  hotline: Hotline
  clock: ShiftedClock
  lan: Person
  /** Of lan's browser. */
  screen: Listener
  /** The PBX says these. */
  hear(events: readonly Event[]): void
  readyz(): Promise<{ status: number; body: Readiness }>
  /** Resolves when `/readyz` says 503 and this of the database. */
  untilNotReady(says: RegExp): Promise<void>
  stop(): Promise<void>
}

export async function openWeatherHouse(dialect: TestDialect): Promise<WeatherHouse> {
  const ami = await startFakeAmi()
  const clock = createShiftedClock()
  const way = await openWay()
  const opened: { inside: Database | null } = { inside: null }
  const hotline = await startHotline({
    amiUrl: ami.url,
    dialect,
    clock,
    ...(dialect === 'postgres' ? { databaseUrlFor: way.urlFor } : {}),
    async openDatabase(url, options) {
      const inside = await openDatabase(url, options)
      opened.inside = inside
      return inside
    },
  })
  const { inside } = opened
  if (inside === null) throw new Error('the service opened no database')
  const outside = await openDatabase(hotline.databaseUrl)
  await hotline.ready()
  const lan = await hotline.hire('lan', 'agent', '101')
  const screen = await lan.listen()

  async function readyz() {
    const answer = await fetch(`${hotline.url}/readyz`)
    return { status: answer.status, body: readiness.parse(await answer.json()) }
  }

  return {
    hotline,
    clock,
    lan,
    screen,
    inside,
    outside,
    file: hotline.databaseUrl.replace(/^sqlite:/, ''),
    proxy: way.proxy(),
    role: way.role,
    hear: (events) => ami.sendRaw(events.map(({ headers }) => formatFrame(headers)).join('')),
    readyz,
    untilNotReady: (says) =>
      eventually(async () => {
        const { status, body } = await readyz()
        const database = body.checks.find(({ name }) => name === 'database')
        expect({ status, ok: database?.ok }).toEqual({ status: 503, ok: false })
        expect(database?.detail).toMatch(says)
      }),
    async stop() {
      screen.close()
      await outside.close()
      await hotline.stop()
      await way.close()
      await ami.stop()
    },
  }
}

/** A relay to PostgreSQL and a role of its own there, so that no other test sees the outage. */
async function openWay() {
  const role = `weather_${randomBytes(6).toString('hex')}`
  let proxy: TcpProxy | null = null

  async function urlFor(databaseUrl: string): Promise<string> {
    const address = new URL(databaseUrl)
    const owner = await openDatabase(databaseUrl)
    await sql
      .raw(`create role ${role} login password '${role}' in role current_user`)
      .execute(owner.db)
    await owner.close()
    proxy = await openTcpProxy({ host: address.hostname, port: Number(address.port) })
    address.username = role
    address.password = role
    address.port = String(proxy.port)
    return address.href
  }

  return {
    role,
    urlFor,
    proxy: () => proxy,
    /** After the service: with its schema went all that the role had. */
    async close() {
      if (proxy === null) return
      await proxy.close()
      const server = await openDatabase(postgresTestUrl() ?? '')
      await sql.raw(`drop role ${role}`).execute(server.db)
      await server.close()
    },
  }
}
