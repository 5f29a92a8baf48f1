import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { Client } from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { pageOf } from '../../server/contract/primitives.ts'
import { callRow } from '../../server/contract/calls.ts'
import { readiness } from '../../server/contract/health.ts'
import { jobsView } from '../../server/contract/jobs.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { callEvents } from '../support/call-table.ts'
import { countTurns } from '../support/busy-database.ts'
import { postgresTestUrl } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Listener } from '../support/person.ts'
import { createFakeTelephony } from '../support/telephony.ts'
import { openTcpProxy } from '../support/tcp-proxy.ts'
import type { TelephonyEars } from '../../server/house.ts'

/** What the PBX says of one answered call, by the moment at which the database goes away. */
const MOMENTS = {
  ringing: `
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2`,
  answer: `
    00:05.000  agent_connected  trunk#1  101#2  hold=5
    00:05.010  bridge_entered   trunk#1
    00:05.020  bridge_entered   101#2`,
  hangup: `
    00:45.000  hung_up  101#2
    00:45.001  hung_up  trunk#1`,
} as const
type Moment = keyof typeof MOMENTS
const ORDER: readonly Moment[] = ['ringing', 'answer', 'hangup']

/** A database that can be taken away and given back. */
interface Outage {
  url: string
  begin: () => Promise<void>
  end: () => Promise<void>
  remove: () => Promise<void>
}

/** No turn of the event loop in this time: far above what a busy machine does to it. */
const STANDSTILL_MS = 2_500
const WAIT = { timeout: 20_000, interval: 50 }

/** Runs `work` with the whole service on a database that can be taken away. */
async function withService(
  made: Outage,
  work: (started: Hotline, hear: (moment: Moment) => void) => Promise<void>,
): Promise<void> {
  let ears: TelephonyEars | null = null
  const telephony = createFakeTelephony()
  const started = await startHotline({
    amiUrl: 'ami://pbx:pbx@127.0.0.1:1/pbx1',
    databaseUrl: made.url,
    createTelephony(options) {
      ears = options
      const stop = async (): Promise<void> => undefined
      return { ...telephony, start: () => options.onStatus(telephony.status()), stop }
    },
  })
  const hear = (moment: Moment): void => {
    for (const event of callEvents(MOMENTS[moment])) ears?.onCallEvent(event)
  }
  try {
    await work(started, hear)
  } finally {
    await started.stop()
    await made.remove()
  }
}

async function readyz(url: string) {
  const reply = await fetch(`${url}/readyz`)
  return { code: reply.status, checks: readiness.parse(await reply.json()).checks }
}

/** One call while the database is away at `moment`; what must hold afterwards, whatever the kind. */
function callThrough(made: Outage, moment: Moment): Promise<void> {
  return withService(made, async (started, hear) => {
    const lan = await started.hire('lan', 'agent', '101')
    const desk = await lan.listen()
    await desk.waitFor('desk_snapshot', () => true)
    const turns = countTurns()
    for (const now of ORDER) {
      if (now === moment) await made.begin()
      hear(now)
      // oxlint-disable-next-line no-await-in-loop -- a call has its order
      if (now === moment) await sitOut(made, started, desk)
      // oxlint-disable-next-line no-await-in-loop
      await started.service.idle()
    }
    // Waiting synchronously for a lock would stop it for five seconds at a time.
    expect(turns.stop().longestGapMs).toBeLessThan(STANDSTILL_MS)
    await expectOneTicket(started)
    await vi.waitFor(async () => expect((await readyz(started.url)).code).toBe(200), WAIT)
    const stages = desk.all('screen_pop').map(({ stage }) => stage)
    expect(stages).toContain('answered')
    expect(stages.at(-1)).toBe('ended')
    desk.close()
  })
}

/** The outage is seen from outside while it lasts, and its end too. */
async function sitOut(made: Outage, started: Hotline, desk: Listener): Promise<void> {
  const waiting = await desk.waitFor('service_status', ({ database }) => database === 'waiting')
  expect(waiting.since).not.toBeNull()
  const away = await readyz(started.url)
  expect(away.code).toBe(503)
  expect(away.checks).toMatchObject([{ name: 'database', ok: false }, { ok: true }])
  expect((await fetch(`${started.url}/healthz`)).status).toBe(200)
  await made.end()
  await desk.waitFor('service_status', ({ database }) => database === 'ok')
}

async function expectOneTicket({ admin }: Hotline): Promise<void> {
  const { items } = await vi.waitFor(async () => {
    const calls = await admin.get('/calls', pageOf(callRow))
    expect(calls.items).toMatchObject([{ status: 'ended', outcome: 'answered' }])
    expect(calls.items[0]?.ticket).not.toBeNull()
    return calls
  }, WAIT)
  const opened = await admin.get(`/tickets/${items[0]?.ticket?.id}`, ticket)
  expect(opened).toMatchObject({
    recovered: false,
    assignee: { displayName: 'lan' },
    timeline: [{ kind: 'opened' }],
    calls: [{ id: items[0]?.id }],
  })
  const { setAside } = await admin.get('/jobs', jobsView)
  expect(setAside.items).toEqual([])
}

function sqliteFile(): { folder: string; file: string; remove: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'weather-'))
  const remove = async () => rmSync(folder, { recursive: true, force: true })
  return { folder, file: join(folder, 'hotline.db'), remove }
}

/** Another program holds the write lock. */
function lockedFile(): Outage {
  const { file, remove } = sqliteFile()
  let other: BetterSqlite.Database | null = null
  return {
    url: `sqlite:${file}`,
    async begin() {
      other = new BetterSqlite(file)
      other.exec('begin immediate')
    },
    async end() {
      other?.exec('rollback')
      other?.close()
    },
    remove,
  }
}

/** A disk of its own, filled to the last byte. */
function fullDisk(): Outage {
  const { folder, file } = sqliteFile()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder])
  const filler = join(folder, 'filler')
  return {
    url: `sqlite:${file}`,
    async begin() {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(filler, Buffer.alloc(bavail * bsize))
    },
    end: async () => rmSync(filler),
    async remove() {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether this machine lets us have a small disk (root, and allowed to mount). */
function mayMount(): boolean {
  const { folder, remove } = sqliteFile()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    void remove()
  }
}

describe('a SQLite database is away and comes back', () => {
  const kinds = {
    'locked by another program': lockedFile,
    ...(mayMount() ? { 'full to the last byte': fullDisk } : {}),
  }
  const cases = Object.entries(kinds).flatMap(([kind, make]) =>
    ORDER.map((moment) => ({ kind, moment, make })),
  )

  test.concurrent.each(cases)(
    '$kind during $moment: one ticket, one pop, nothing lost',
    ({ moment, make }) => callThrough(make(), moment),
    30_000,
  )

  test('a request that writes meanwhile is answered 503 with Retry-After, and writes nothing', async () => {
    const made = lockedFile()
    await withService(made, async (started) => {
      await made.begin()
      const reply = await fetch(`${started.url}/api/tickets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: started.admin.cookie },
        body: JSON.stringify({ channel: 'counter', subject: 'Mất mạng' }),
      })
      expect(reply.status).toBe(503)
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
      await made.end()
      expect(await started.admin.get('/tickets', pageOf(ticket.partial()))).toMatchObject({
        items: [],
      })
    })
  })

  test('what can never be written is set aside for administrators, and its ticket is opened later', async () => {
    const made = lockedFile()
    await withService(made, async (started, hear) => {
      await started.hire('lan', 'agent', '101')
      const file = made.url.replace('sqlite:', '')
      const other = new BetterSqlite(file)
      other.exec(`create trigger no_tickets before insert on ticket
      begin select raise(abort, 'no ticket today'); end`)
      for (const moment of ORDER) hear(moment)
      await started.service.idle()
      const { setAside } = await started.admin.get('/jobs', jobsView)
      expect(setAside.items).toMatchObject([
        { kind: 'call_event', subject: 'pbx1 trunk#1', reason: 'no ticket today' },
      ])
      expect(await started.admin.get('/calls', pageOf(callRow))).toMatchObject({
        items: [{ status: 'ended', outcome: 'answered', ticket: null }],
      })
      other.exec('drop trigger no_tickets')
      other.close()
      await started.restart()
      await vi.waitFor(async () => {
        const { items } = await started.admin.get('/calls', pageOf(callRow))
        const opened = await started.admin.get(`/tickets/${items[0]?.ticket?.id}`, ticket)
        expect(opened).toMatchObject({ recovered: true, timeline: [{ kind: 'opened' }] })
      }, WAIT)
    })
  })
})

describe.runIf(postgresTestUrl() !== null)('a PostgreSQL database is away and comes back', () => {
  const base = new URL(postgresTestUrl() ?? 'postgres://nowhere')
  let roles = 0

  /** A schema and a user of its own, so that what is done to them touches no other test. */
  async function ownRole(): Promise<{
    url: URL
    role: string
    asked: Client
    remove: () => Promise<void>
  }> {
    const role = `weather_${process.pid}_${(roles += 1)}`
    const asked = new Client({ connectionString: base.href })
    await asked.connect()
    await asked.query(
      `create role ${role} login superuser; create schema ${role} authorization ${role}`,
    )
    const url = new URL(base)
    url.username = role
    url.searchParams.set('options', `-c search_path=${role} -c client_min_messages=warning`)
    return {
      url,
      role,
      asked,
      async remove() {
        await asked.query(`drop schema ${role} cascade; drop role ${role}`)
        await asked.end()
      },
    }
  }

  const cutOff = (asked: Client, role: string) =>
    asked.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`)

  async function readOnly(): Promise<Outage> {
    const { url, role, asked, remove } = await ownRole()
    return {
      url: url.href,
      async begin() {
        await asked.query(`alter role ${role} set default_transaction_read_only = on`)
        await cutOff(asked, role)
      },
      async end() {
        await asked.query(`alter role ${role} reset default_transaction_read_only`)
        await cutOff(asked, role)
      },
      remove,
    }
  }

  async function gone(): Promise<Outage> {
    const { url, role, asked, remove } = await ownRole()
    return {
      url: url.href,
      async begin() {
        await asked.query(`alter role ${role} nologin`)
        await cutOff(asked, role)
      },
      end: async () => void (await asked.query(`alter role ${role} login`)),
      remove,
    }
  }

  async function locked(): Promise<Outage> {
    const { url, role, remove } = await ownRole()
    const other = new Client({ connectionString: base.href })
    await other.connect()
    return {
      url: url.href,
      async begin() {
        await other.query(
          `begin; lock table ${role}.call, ${role}.setting in access exclusive mode`,
        )
      },
      end: async () => void (await other.query('rollback')),
      async remove() {
        await other.end()
        await remove()
      },
    }
  }

  async function silent(): Promise<Outage> {
    const { url, role, asked, remove } = await ownRole()
    const proxy = await openTcpProxy({ host: base.hostname, port: Number(base.port || 5432) })
    url.port = String(proxy.port)
    return {
      url: url.href,
      begin: async () => proxy.silence(),
      async end() {
        proxy.speak()
        await cutOff(asked, role)
      },
      async remove() {
        await proxy.close()
        await remove()
      },
    }
  }

  const quick = Object.entries({ 'read-only': readOnly, gone }).flatMap(([kind, make]) =>
    ORDER.map((moment) => ({ kind, moment, make })),
  )

  test.concurrent.each(quick)(
    '$kind during $moment: one ticket, one pop, nothing lost',
    async ({ moment, make }) => callThrough(await make(), moment),
    40_000,
  )

  const slow = Object.entries({ silent, 'locked by another client': locked }).flatMap(
    ([kind, make]) => ORDER.map((moment) => ({ kind, moment, make })),
  )

  test.concurrent.each(slow)(
    '$kind during $moment: noticed, one ticket, one pop, nothing lost',
    async ({ moment, make }) => callThrough(await make(), moment),
    60_000,
  )
})
