import { NO_CALLS } from '../../server/contract/supervision/figures.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../server/db/transaction.ts'
import { ActionRefused, OutcomeUnknown, PbxNotReady } from '../../server/ports.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { aCaller } from '../support/queue-events.ts'

const NUMBERS = ['0912000001', '0912000002', '0912000003']
const SETTINGS = { hoursFrom: '00:00', hoursTo: '24:00', delayMinutes: 30, retries: 2 }
const LEG = `Local/${NUMBERS[0]}@callback-customer`

describe.each(HOUSE_DIALECTS)('promises that one act made for many, on %s,', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    await house.startSchedule()
    await choose('hotline')
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  async function choose(customerFirstQueue: string | null): Promise<void> {
    const { version } = await house.callbackSettings.view()
    await house.callbackSettings.change({ ...SETTINGS, customerFirstQueue, version }, 'chief')
  }
  const ready = (name: 'mai' | 'lan') =>
    house.queues.setState(house.person(name), { state: 'ready' })

  /** The end of an outage promises these customers a call now. */
  async function promise(numbers = NUMBERS.slice(0, 1)): Promise<string[]> {
    const tickets: string[] = []
    for (const number of numbers) {
      // oxlint-disable-next-line no-await-in-loop
      const { id } = await house.openTicket(house.person('mai'), { number })
      tickets.push(id)
    }
    await database.transaction(async (trx) => {
      for (const ticketId of tickets) {
        // oxlint-disable-next-line no-await-in-loop
        await house.callbacks.queue(trx, { ticketId, dueAt: house.clock.now() })
      }
    })
    await house.advance(1000)
    return tickets
  }

  const rung = () => house.telephony.customersRung.map(({ number }) => number)
  const agentsRung = () => house.telephony.originated.map(({ number }) => number)
  const promises = () => database.db.selectFrom('callback').selectAll().orderBy('id').execute()
  const attempts = () =>
    database.db.selectFrom('callback_attempt').selectAll().orderBy('submitted_at').execute()
  const cb = () => house.telephony.customersRung.at(-1)?.channelId ?? 'none'
  const cu = () => cb().replace('cb-', 'cu-')
  const picksUp = () =>
    house.hear(`
      10:00.000  channel_created   ${LEG}=${cb()}
      10:00.010  dial_begun        ${LEG}=${cu()}  trunk#9  dial=PJSIP/${NUMBERS[0]}@trunk
      10:08.000  dial_ended        ${LEG}=${cu()}  trunk#9
      10:08.010  callback_consent  ${LEG}=${cb()}  state=asked`)
  const pressesOne = () =>
    house.hear(`
      10:15.000  callback_consent  ${LEG}=${cb()}  state=given
      10:15.010  queue_joined      ${LEG}=${cb()}  num=${NUMBERS[0]}
      10:15.020  agent_called      ${LEG}=${cb()}  102#3`)
  const hangsUp = (at = '10:30') =>
    house.hear(`
      ${at}.000  hung_up  trunk#9
      ${at}.010  hung_up  ${LEG}=${cb()}`)

  test('ring one customer for each agent who is free in that queue, and nobody’s phone', async () => {
    await promise(NUMBERS)
    expect([rung(), agentsRung()]).toEqual([[], []])
    expect((await promises()).map(({ waiting_for }) => waiting_for)).toEqual(
      NUMBERS.map(() => 'agent'),
    )
    await ready('mai')
    await house.advance(1000)
    expect(rung()).toHaveLength(1)
    await ready('lan')
    await house.advance(1000)
    expect(rung()).toHaveLength(2)
    expect(agentsRung()).toEqual([])
    expect(house.telephony.customersRung[0]).toMatchObject({ queue: 'hotline', pbxId: 'pbx1' })
    expect(await attempts()).toMatchObject([{ extension: cuOf(0) }, { extension: cuOf(1) }])
  })
  const cuOf = (index: number) =>
    house.telephony.customersRung[index]?.channelId.replace('cb-', 'cu-')

  test('ring nobody while as many wait as are free', async () => {
    await ready('mai')
    house.happen({ type: 'caller_joined', caller: aCaller('trunk#5') })
    await promise()
    expect(rung()).toEqual([])
    await ready('lan')
    await house.advance(1000)
    expect(rung()).toHaveLength(1)
  })

  test('are of the agent whom the queue gives, whose screen shows the ticket at the ring', async () => {
    await ready('mai')
    const [ticketId] = await promise()
    await picksUp()
    await pressesOne()
    const pops = () => database.db.selectFrom('screen_pop').selectAll().execute()
    expect(await pops()).toMatchObject([{ staff_id: 'lan', stage: 'ringing', ticket_id: ticketId }])
    await house.hear(`
      10:19.000  agent_connected  ${LEG}=${cb()}  102#3  hold=4`)
    expect(await promises()).toMatchObject([{ assignee_id: 'lan', status: 'dialing' }])
    expect(await attempts()).toMatchObject([{ extension: '102', stage: 'talking' }])
    expect(await pops()).toMatchObject([{ stage: 'answered' }])
    await hangsUp()
    expect(await promises()).toMatchObject([{ status: 'done', verdict: 'kept' }])
    expect(await attempts()).toMatchObject([{ outcome: 'reached', awaits_word_of: 'lan' }])
    expect(await database.db.selectFrom('ticket').select('id').execute()).toHaveLength(1)
  })

  test('whose customer presses nothing are tried again with an agent first', async () => {
    await ready('mai')
    await promise()
    await picksUp()
    await hangsUp()
    expect(await attempts()).toMatchObject([{ outcome: 'not_accepted', awaits_word_of: null }])
    const [promised] = await promises()
    expect(promised).toMatchObject({ status: 'scheduled', retries: 1, verdict: 'kept' })
    await database.db
      .updateTable('callback')
      .set({ due_at: house.clock.now(), assignee_id: 'mai' })
      .execute()
    house.callbacks.wake()
    await house.advance(1000)
    expect([rung().length, agentsRung()]).toEqual([1, [NUMBERS[0]]])
  })

  test('whose customer hangs up waiting owe nobody a word and make no missed caller', async () => {
    await ready('mai')
    await promise()
    await picksUp()
    await pressesOne()
    await hangsUp()
    expect(await attempts()).toMatchObject([{ outcome: 'left_waiting', awaits_word_of: null }])
    expect(await promises()).toMatchObject([{ status: 'scheduled', ticket_id: expect.any(String) }])
    const [queue] = house.queues.snapshot().queues
    expect(queue?.today).toEqual(NO_CALLS)
  })

  test.each([
    ['no queue is chosen', () => choose(null)],
    ['the dialplan is older', async () => void house.telephony.agentsFirst.add('pbx1')],
  ])('ring their owners while %s', async (_when, prepare) => {
    await prepare()
    await ready('mai')
    await ready('lan')
    await promise()
    expect([rung(), agentsRung()]).toEqual([[], NUMBERS.slice(0, 1)])
  })

  test('ring their owners when nobody was free in that queue for ten minutes', async () => {
    await promise()
    const { assignee_id: owner } = (await promises())[0] ?? {}
    await database.db
      .updateTable('callback')
      .set({ due_at: new Date(Date.parse(house.clock.now()) - 600_001).toISOString() })
      .execute()
    await ready(owner === 'mai' ? 'mai' : 'lan')
    await house.advance(1000)
    expect([rung(), agentsRung()]).toEqual([[], NUMBERS.slice(0, 1)])
  })

  test('ring nobody who talks to us', async () => {
    await house.hear(`10:00.000  queue_joined  trunk#1  num=${NUMBERS[0]}`)
    await ready('mai')
    await ready('lan')
    await promise()
    expect(rung()).toEqual([])
    expect(await promises()).toMatchObject([{ waiting_for: 'customer' }])
  })

  test.each([
    [new PbxNotReady('away'), 'not_placed', 'scheduled'],
    [new ActionRefused('no such thing'), 'not_placed', 'failed'],
    [new OutcomeUnknown('no answer'), null, 'dialing'],
  ])('whose order comes back as %s are as every attempt', async (error, outcome, status) => {
    await ready('mai')
    house.telephony.failNextOriginate(error)
    await promise()
    expect((await attempts())[0]).toMatchObject({ outcome })
    expect(await promises()).toMatchObject([{ status }])
  })

  test('that a person promises are not among them', async () => {
    await ready('mai')
    await house.promise(house.person('mai'))
    await house.advance(61_000)
    expect([rung(), agentsRung().length]).toEqual([[], 1])
  })

  test('take no queue that is not of the hotline (422)', async () => {
    await expect(choose('sales')).rejects.toThrow('give one of')
    expect(house.callbackSettings.rules().customerFirstQueue).toBe('hotline')
  })
})
