import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AgentState, agentState, deskSnapshot } from '../../server/contract/desk.ts'
import { readiness } from '../../server/contract/health.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, type TestDialect } from '../support/database.ts'
import { failure, type Frame } from '../support/fake-ami-frames.ts'
import { type FakeAmi, type FakeAmiOptions, startFakeAmi } from '../support/fake-ami-server.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { createShiftedClock, type ShiftedClock } from '../support/shifted-clock.ts'
import { eventually } from '../support/eventually.ts'

let fake: FakeAmi
let hotline: Hotline
let clock: ShiftedClock
let lan: Person

const QUEUE: Frame = { Event: 'QueueParams', Queue: 'hotline', Strategy: 'ringall' }
const member = (extension: string, more: Frame = {}): Frame => ({
  Event: 'QueueMember',
  Queue: 'hotline',
  Name: extension,
  Location: `PJSIP/${extension}`,
  StateInterface: `PJSIP/${extension}`,
  Membership: 'dynamic',
  Penalty: 0,
  CallsTaken: 0,
  LastCall: 0,
  InCall: 0,
  Status: 1,
  Paused: 0,
  PausedReason: '',
  Wrapuptime: 10,
  ...more,
})

/** One clock for the service and the PBX, whose hands may differ; a shift moves both. */
async function open(
  options: FakeAmiOptions & {
    aheadMs?: number
    dialect?: TestDialect
    openDatabase?: typeof openDatabase
  } = {},
): Promise<void> {
  const { aheadMs = 0, dialect = 'sqlite', openDatabase: opener = openDatabase, ...more } = options
  clock = createShiftedClock()
  const own = clock
  fake = await startFakeAmi({ nowMs: () => own.nowMs() + aheadMs, ...more })
  fake.pbx.queueStatus.push(QUEUE)
  hotline = await startHotline({ amiUrl: fake.url, clock, dialect, openDatabase: opener })
  lan = await hotline.hire('lan', 'agent', '101')
}
afterEach(async () => {
  await hotline.stop()
  await fake.stop()
})

const stateOf = async () => (await lan.get('/desk', deskSnapshot)).state
const queues = () => hotline.admin.get('/queues', queuesSnapshot)
async function readyz() {
  const answer = await fetch(`${hotline.url}/readyz`)
  return { code: answer.status, checks: readiness.parse(await answer.json()).checks }
}
const detailOf = async (name: string) =>
  (await readyz()).checks.find((check) => check.name === name)?.detail

const shows = (state: Partial<AgentState>) =>
  eventually(async () => expect(await stateOf()).toMatchObject(state))

/** Makes the queue show what QueueAdd and QueuePause were told. */
function showMembers(): void {
  const members = [...fake.pbx.members].map(([key, { paused, reason }]) =>
    member(key.slice(key.indexOf('/') + 1), { Paused: paused ? 1 : 0, PausedReason: reason }),
  )
  fake.pbx.queueStatus.splice(0, Infinity, QUEUE, ...members)
}

describe('a queue that forgets its members by a reload', () => {
  beforeEach(async () => {
    await open()
    await hotline.ready()
    await lan.send('POST', '/desk/state', { state: 'paused', reason: 'lunch' }, agentState)
    await shows({ state: 'paused', confirmed: true })
    showMembers()
  })

  it('is told its members again at once, and the agent sees meanwhile that it was not so', async () => {
    const desk = await lan.listen()
    fake.pbx.members.clear()
    showMembers()
    const told = fake.next('QueueAdd')
    fake.send({ Event: 'Reload', Privilege: 'system,all', Module: 'app_queue', Status: '0' })
    const lost = await desk.waitFor('agent_state', (state) => !state.confirmed)
    expect(lost).toMatchObject({ state: 'paused', reason: 'lunch' })
    expect((await told).headers).toMatchObject({ queue: 'hotline', interface: 'PJSIP/101' })
    const back = await desk.waitFor('agent_state', (state) => state.confirmed)
    expect(back).toMatchObject({ state: 'paused', reason: 'lunch' })
    expect(fake.actions('QueuePause').at(-1)?.headers).toMatchObject({
      paused: 'true',
      reason: 'lunch',
    })
    desk.close()
  })

  it('without any event it is seen within twelve seconds', async () => {
    fake.pbx.members.clear()
    showMembers()
    const added = fake.actions('QueueAdd').length
    clock.shift(11_000)
    await eventually(() => expect(fake.actions('QueueAdd').length).toBe(added + 1))
    await eventually(async () =>
      expect(await stateOf()).toMatchObject({ state: 'paused', confirmed: true }),
    )
  })

  it('an unregistered phone is said on the page at once', async () => {
    const desk = await lan.listen()
    const { Event: _, Name, Location, ...rest } = member('101', { Status: 5, Paused: 1 })
    fake.send({
      Event: 'QueueMemberStatus',
      MemberName: Name ?? '',
      Interface: Location ?? '',
      ...rest,
    })
    const state = await desk.waitFor('agent_state', ({ phone }) => phone === 'unreachable')
    expect(state).toMatchObject({ state: 'paused', confirmed: true })
    desk.close()
  })
})

const HOUR_MS = 3_600_000

describe.each([
  ['ahead of', HOUR_MS],
  ['behind', -HOUR_MS],
])('a PBX whose clock is an hour %s ours', (side, aheadMs) => {
  const TAPE = new URL('../fixtures/pbx-clock-one-hour-ahead.jsonl', import.meta.url)
  beforeEach(async () => {
    await open({ aheadMs })
    fake.pbx.members.set('hotline|PJSIP/101', { paused: false, reason: '', memberName: '101' })
    showMembers()
    await hotline.ready()
  })

  /** The tape's `T` and `T+6` become times of that clock; the queue shows the member as it leaves it. */
  function play(shiftSeconds: number): void {
    const at = (clock.nowMs() + aheadMs) / 1000 - shiftSeconds
    const second = Math.floor(at)
    // An event of an earlier part of this second would be older than what the queue showed.
    const part = (at - second).toFixed(6).slice(1)
    fake.pbx.queueStatus.splice(1, Infinity, member('101', { CallsTaken: 1, LastCall: second + 6 }))
    for (const line of readFileSync(TAPE, 'utf8').trim().split('\n').slice(1)) {
      const text = line.replaceAll(/"T(?:\+(\d+))?(\.0+)?"/g, (_all, plus = '0', exact = '') =>
        JSON.stringify(`${second + Number(plus)}${exact === '' ? '' : part}`),
      )
      // oxlint-disable-next-line no-unsafe-type-assertion -- a tape is frames
      fake.send(JSON.parse(text) as Frame)
    }
  }

  it('opens its tickets now, and lets nobody rest longer than the queue does', async () => {
    play(6)
    await eventually(async () => {
      const { items } = await hotline.admin.get('/tickets', pageOf(ticketRow))
      expect(items).toHaveLength(1)
    })
    const { items } = await hotline.admin.get('/tickets', pageOf(ticketRow))
    const ageMs = clock.nowMs() - Date.parse(items[0]?.receivedAt ?? '')
    expect(ageMs).toBeGreaterThan(1_000)
    expect(ageMs).toBeLessThan(30_000)
    await eventually(async () =>
      expect((await queues()).queues[0]?.members[0]?.state).toBe('wrap_up'),
    )
    clock.shift(10_000)
    await eventually(async () =>
      expect((await queues()).queues[0]?.members[0]?.state).toBe('ready'),
    )
  })

  it('is named on the board, by /readyz and by a figure, and serves all the same', async () => {
    const { code, checks } = await readyz()
    expect(code).toBe(200)
    expect(checks.find(({ name }) => name === 'pbx pbx1')?.detail).toMatch(
      new RegExp(`^its clock is 1 h ${side} ours`),
    )
    expect((await queues()).pbx[0]).toMatchObject({
      link: 'ready',
      clockAheadSeconds: aheadMs / 1000,
    })
    const metrics = await (await fetch(`${hotline.url}/metrics`)).text()
    expect(metrics).toContain(`hotline_pbx_clock_ahead_seconds{pbx="pbx1"} ${aheadMs / 1000}`)
  })
})

const CALLS = 200

/** A database on a slow disk: what is told is saved a while later. */
async function openSlowDatabase(...args: Parameters<typeof openDatabase>): Promise<Database> {
  const database = await openDatabase(...args)
  return {
    ...database,
    async transaction(work) {
      await sleep(100)
      return database.transaction(work)
    },
  }
}

describe('what /readyz says', () => {
  it('names the question that the PBX refused', async () => {
    await open()
    fake.on('CoreShowChannels', (action) => failure(action, 'Permission denied'))
    fake.dropConnections()
    await eventually(async () =>
      expect(await detailOf('pbx pbx1')).toContain('CoreShowChannels: Permission denied'),
    )
  })

  it.each(HOUSE_DIALECTS)(
    'is ready only when members and counts of the board are right, on %s',
    async (dialect) => {
      await open({ dialect, openDatabase: openSlowDatabase })
      await hotline.ready()
      await hotline.service.stop()
      fake.pbx.queueStatus.push(member('101'))
      const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
      const now = clock.nowMs()
      for (let n = 0; n < CALLS; n++) {
        fake.pbx.database.set(
          `hotline/${day}/ended/pbx1-${n}.0`,
          `v1|${now}|${now - 1000}|abandoned|16|hotline|0912345678`,
        )
      }
      await hotline.restart()
      for (;;) if ((await readyz()).code === 200) break
      const [queue] = (await queues()).queues
      expect(queue?.members.map(({ extension }) => extension)).toEqual(['101'])
      expect(queue?.today).toMatchObject({ offered: CALLS, abandoned: CALLS })
    },
  )
})
