import { readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { agentState, deskSnapshot } from '../../server/contract/desk.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import { textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'

/** What the issue allows from the loss to the new membership. */
const WITHIN_MS = 12_000

let labHotline: LabHotline
let lab: Lab
let lan: Person
let phone: Phone
let desk: Listener

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101' })
  ;({ lab } = labHotline)
  ;({ person: lan, phone } = labHotline.deskOf('lan'))
})
afterAll(() => labHotline.stop())
beforeEach(async () => {
  desk = await lan.listen()
  await become(lan, desk, 'ready')
})
afterEach(async () => {
  await become(lan, desk, 'offline')
  desk.close()
})

/** The queues in which Asterisk itself has the phone, with its pause. */
async function membersOfAsterisk(): Promise<string[]> {
  const items = await lab.ami.list({ Action: 'QueueStatus' })
  return items
    .filter((item) => textOf(item, 'Event') === 'QueueMember')
    .map((item) => [item['Queue'], item['Location'], item['PausedReason']].join(' ').trim())
    .toSorted()
}

/** Fails when this does not hold in time. */
async function until(holds: () => Promise<void> | void): Promise<void> {
  await vi.waitFor(holds, { timeout: WITHIN_MS, interval: 100 })
}

/** What happened to the person's state after `mark`, as the page heard it. */
const heardSince = (mark: number) =>
  desk
    .all('agent_state')
    .slice(mark)
    .map(({ state, confirmed }) => `${state} ${confirmed}`)

/** The queue goes from its file and comes back, as when an operator breaks and mends it. */
async function reloadWithoutAndWith(command: string): Promise<void> {
  const file = `${lab.instance.home}/etc/queues.conf`
  const whole = await readFile(file, 'utf8')
  await writeFile(file, whole.replace('[hotline](', '[elsewhere]('))
  await lab.cli(command)
  expect(await membersOfAsterisk()).toEqual([])
  await writeFile(file, whole)
  await lab.cli(command)
}

/** Members are kept in AstDB (persistentmembers): without it Asterisk begins with none. */
async function restartWithoutMemory(): Promise<void> {
  await lab.killPbx()
  await rm(`${lab.instance.home}/var/astdb.sqlite3`)
  await lab.boot()
}

const WAYS: [string, () => Promise<unknown>][] = [
  ['module reload app_queue.so', () => reloadWithoutAndWith('module reload app_queue.so')],
  ['core reload', () => reloadWithoutAndWith('core reload')],
  ['queue reload all, which sends no event', () => reloadWithoutAndWith('queue reload all')],
  ['a restart', restartWithoutMemory],
]

test.each(WAYS)(
  'members lost by %s are told again within 12 s, and the agent hears it',
  async (_name, lose) => {
    await lan.send('POST', '/desk/state', { state: 'paused', reason: 'lunch' }, agentState)
    await desk.waitFor('agent_state', (news) => news.state === 'paused' && news.confirmed)
    expect(await membersOfAsterisk()).toEqual(['hotline PJSIP/101 lunch'])
    const mark = desk.all('agent_state').length
    await lose()
    await until(() => expect(heardSince(mark)).toEqual(['paused false', 'paused true']))
    expect(await membersOfAsterisk()).toEqual(['hotline PJSIP/101 lunch'])
  },
)

test('an agent whose phone signs out sees it at once, and again when it is back', async () => {
  await phone.agent.unregister()
  const gone = performance.now()
  const news = await desk.waitFor('agent_state', (one) => one.phone === 'unreachable')
  expect(performance.now() - gone).toBeLessThan(2_000)
  expect(news).toMatchObject({ state: 'ready', confirmed: true })
  const { account } = phone.agent
  if (account === null) throw new Error('the phone never signed in')
  await phone.agent.register(account)
  await until(async () => {
    expect((await lan.get('/desk', deskSnapshot)).state.phone).toBeUndefined()
  })
})
