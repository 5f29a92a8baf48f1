import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { callRow } from '../../server/contract/calls.ts'
import { readiness } from '../../server/contract/health.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import { type FakeAmi, startFakeAmi } from '../support/fake-ami-server.ts'
import type { Frame } from '../support/fake-ami-frames.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { eventually } from '../support/eventually.ts'

const TAG = 'HOTLINE=19000382'
const TAPE = new URL('../fixtures/trunk-named-by-digits.jsonl', import.meta.url)

/** A caller by the trunk `701`, tagged, who is answered by 101. */
function tape(change: (line: string) => string = (line) => line): Frame[] {
  const lines = readFileSync(TAPE, 'utf8').split('\n').filter(Boolean)
  return lines.map((line): Frame => JSON.parse(change(line)))
}
const from = (endpoint: string, call: string) => (line: string) =>
  line.replaceAll('PJSIP/701-', `PJSIP/${endpoint}-`).replaceAll('pbx1-1795731', `pbx1-${call}`)

let ami: FakeAmi
let hotline: Hotline
let supervisor: Person

beforeEach(async () => {
  ami = await startFakeAmi()
  hotline = await startHotline({ amiUrl: ami.url })
  await hotline.hire('lan', 'agent', '101')
  await hotline.hire('minh', 'agent', '102')
  supervisor = await hotline.hire('sup', 'supervisor')
  await hotline.ready()
})
afterEach(async () => {
  await hotline.stop()
  await ami.stop()
})

async function tickets(): Promise<(string | null)[]> {
  const { items } = await supervisor.get('/tickets', pageOf(ticketRow))
  return items.map(({ assignee }) => assignee?.displayName ?? null)
}

/** Everything sent so far is heard, because one more call after it is. */
async function heard(expected: number): Promise<void> {
  await eventually(async () => expect(await tickets()).toHaveLength(expected))
}

async function problem(): Promise<string | undefined> {
  const answer = await fetch(`${hotline.url}/readyz`)
  expect(answer.status).toBe(200)
  const { checks } = readiness.parse(await answer.json())
  return checks.find(({ name }) => name === 'pbx pbx1')?.detail
}

test('a caller by a trunk named by digits gets a ticket and the agent a pop', async () => {
  const lan = await hotline.signIn('lan')
  const page = await lan.listen()
  ami.send(...tape())
  const pop = await page.waitFor('screen_pop', ({ stage }) => stage === 'answered')
  expect(pop.call.number.raw).toBe('0912345678')
  expect(await tickets()).toEqual(['lan'])
  page.close()
})

test('an untagged phone, named by letters or digits, opens no ticket where tags are sent', async () => {
  ami.send(...tape())
  for (const [index, endpoint] of ['cc800', '102', 'trunk'].entries()) {
    const untagged = (line: string) => from(endpoint, `${index}`)(line).replaceAll(TAG, 'HOTLINE=')
    ami.send(...tape(untagged))
  }
  ami.send(...tape(from('701', '9')))
  await heard(2)
  const { items } = await supervisor.get('/calls', pageOf(callRow))
  const uniqueids = items.map(({ uniqueid }) => uniqueid)
  expect(uniqueids.toSorted()).toEqual(['pbx1-1795731518.0', 'pbx1-9518.0'])
  expect(await problem()).toBe('ready')
})

const bare = (line: string) => line.replaceAll(/,"(?:Dest)?ChanVariable":\[[^\]]*\]/g, '')

test('a PBX that sends no tags is told by /readyz and the board, and its customers get tickets', async () => {
  ami.send(...tape((line) => bare(from('102', '1')(line))))
  ami.send(...tape((line) => bare(from('7010001', '2')(line))))
  await heard(1)
  expect(await problem()).toContain('sends no tag HOTLINE')
  const board = await supervisor.get('/queues', queuesSnapshot)
  expect(board.pbx).toMatchObject([{ pbxId: 'pbx1', tagsMissing: 'no_variable' }])
  ami.send(...tape(from('701', '3')))
  await heard(2)
  expect(await problem()).toBe('ready')
})

const untagged = (line: string) => from('trunk', '1')(line).replaceAll(TAG, 'HOTLINE=')

test('a dialplan that sets no tag is told until the first tagged call', async () => {
  ami.send(...tape(untagged))
  await heard(1)
  expect(await problem()).toContain('no call of this PBX has carried the tag')
})
