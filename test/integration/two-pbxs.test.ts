import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callbackView } from '../../server/contract/callbacks.ts'
import { agentState, type AgentStateChange, deskSnapshot } from '../../server/contract/desk.ts'
import { ownPhone } from '../../server/contract/staff.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { type FakeAmi, startFakeAmi } from '../support/fake-ami-server.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { eventually } from '../support/eventually.ts'

const FREE = 1
const UNAVAILABLE = 5

let first: FakeAmi
let second: FakeAmi
let hotline: Hotline
/** Their phones are registered with the first and the second PBX. */
let lan: Person
let minh: Person

beforeEach(async () => {
  ;[first, second] = await Promise.all([startFakeAmi(), startFakeAmi()])
  for (const { pbx } of [first, second]) {
    pbx.queueStatus.push({ Event: 'QueueParams', Queue: 'hotline', Strategy: 'ringall' })
  }
  const amiUrl = `${first.url},${second.url.replace(/pbx1$/, 'pbx2')}`
  const env = { BROWSER_PHONE_URL: 'wss://pbx2.example.vn/ws', BROWSER_PHONE_KEY: 'k'.repeat(32) }
  hotline = await startHotline({ amiUrl, env })
  lan = await hotline.hire('lan', 'agent', '101')
  minh = await hotline.hire('minh', 'agent', '102')
  await hotline.ready()
})
afterEach(async () => {
  await hotline.stop()
  await Promise.all([first.stop(), second.stop()])
})

/** As the PBX tells it by an event, and from then on whenever it is asked. */
function show(ami: FakeAmi, extension: string, status: number, endpoint = extension): void {
  const member = {
    Queue: 'hotline',
    Penalty: 0,
    CallsTaken: 0,
    LastCall: 0,
    InCall: 0,
    Status: status,
    Paused: 0,
    PausedReason: '',
    Wrapuptime: 0,
  }
  const location = `PJSIP/${endpoint}`
  ami.send({ Event: 'QueueMemberStatus', MemberName: extension, Interface: location, ...member })
  ami.pbx.queueStatus.push({ Event: 'QueueMember', Name: extension, Location: location, ...member })
}

const stateOf = async (who: Person) => (await who.get('/desk', deskSnapshot)).state

async function become(who: Person, change: AgentStateChange): Promise<void> {
  await who.send('POST', '/desk/state', change, agentState)
}

/** Everybody is in the queues of both PBXs, with a phone at one of them. */
async function bothReady(): Promise<void> {
  await become(lan, { state: 'ready' })
  await become(minh, { state: 'ready' })
  show(first, '102', UNAVAILABLE)
  show(second, '101', UNAVAILABLE)
  show(first, '101', FREE)
  show(second, '102', FREE)
  await eventually(async () => {
    expect(await stateOf(lan)).toMatchObject({ state: 'ready', confirmed: true })
    expect(await stateOf(minh)).toMatchObject({ state: 'ready', confirmed: true })
  })
}

async function loseSecond(): Promise<void> {
  await second.stop()
  await eventually(async () => expect((await stateOf(minh)).confirmed).toBe(false))
}

async function bringSecondBack(): Promise<void> {
  const { port, pbx } = second
  second = await startFakeAmi({ port })
  second.pbx.queueStatus = pbx.queueStatus
}

/** A promise that is due at once, on a ticket of its own. */
async function promise(who: Person, number: string) {
  const body = { channel: 'counter', kind: 'incident', subject: 'x', description: '' }
  const { id } = await who.send('POST', '/tickets', body, ticket)
  const order = { number, note: '', inMinutes: 0 }
  await who.send('POST', `/tickets/${id}/callbacks`, order, callbackView)
  return async () => (await who.get(`/tickets/${id}`, ticket)).callbacks[0]
}

describe('one of two PBXs is away', () => {
  it('people whose phone is with the other one are confirmed, its own are not', async () => {
    await bothReady()
    await loseSecond()
    expect(await stateOf(lan)).toMatchObject({ state: 'ready', confirmed: true })
    expect(await stateOf(minh)).toMatchObject({ state: 'ready', confirmed: false })
    await bringSecondBack()
    await eventually(async () => expect((await stateOf(minh)).confirmed).toBe(true))
  })

  it('its people’s promises wait for the PBX, and are dialled when it is back', async () => {
    await bothReady()
    await loseSecond()
    const ofMinh = await promise(minh, '0912345678')
    const ofLan = await promise(lan, '0987654321')
    await eventually(async () => expect((await ofMinh())?.waitingFor).toBe('pbx'))
    await eventually(async () => expect((await ofLan())?.status).toBe('dialing'))
    expect(first.actions('Originate').map(({ headers }) => headers['channel'])).toEqual([
      'PJSIP/101',
    ])
    await bringSecondBack()
    const dialled = await second.next('Originate')
    expect(dialled.headers['channel']).toBe('PJSIP/102')
  })

  it('promises of who is busy there wait for the agent all the same', async () => {
    await bothReady()
    await become(lan, { state: 'paused', reason: 'lunch' })
    await loseSecond()
    const ofLan = await promise(lan, '0987654321')
    await eventually(async () => expect((await ofLan())?.waitingFor).toBe('agent'))
  })
})

/** The phone that was last put into a queue there. */
const added = (ami: FakeAmi) => ami.actions('QueueAdd').at(-1)?.headers['interface']
/** The phones that were rung there. */
const rung = (ami: FakeAmi) =>
  ami.actions('Originate').flatMap(({ headers: { channel } }) => {
    return channel?.startsWith('PJSIP/') ? [channel] : []
  })

describe('a page is a phone of one of two PBXs', () => {
  it('is in the queues of both, and is rung by the one at which it is registered', async () => {
    await hotline.admin.send(
      'PUT',
      `/staff/${lan.user.id}/phone`,
      { secret: 's3cret-of-101' },
      z.null(),
    )
    await lan.send('POST', '/desk/phone', { device: 'web' }, ownPhone)
    await become(lan, { state: 'ready' })
    await eventually(() =>
      expect([added(first), added(second)]).toEqual(['PJSIP/web-101', 'PJSIP/web-101']),
    )
    show(first, '101', UNAVAILABLE, 'web-101')
    show(second, '101', FREE, 'web-101')
    await eventually(async () =>
      expect(await stateOf(lan)).toMatchObject({ state: 'ready', device: 'web', confirmed: true }),
    )
    await promise(lan, '0987654321')
    await eventually(() => expect(rung(second)).toEqual(['PJSIP/web-101']))
    expect(rung(first)).toEqual([])
  })
})
