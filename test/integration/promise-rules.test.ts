import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callbackPreview, callbackSettingsView } from '#contract/casework/callback-settings.ts'
import { callbackView } from '#contract/callbacks.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openTestHouse } from '../support/house.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const PATH = '/settings/callbacks'
const AGENT_FIRST = { customerFirstQueue: null }
const FIRST = {
  hoursFrom: '00:00',
  hoursTo: '24:00',
  delayMinutes: 30,
  retries: 1,
  ...AGENT_FIRST,
}
const SET = {
  hoursFrom: '18:00',
  hoursTo: '20:00',
  delayMinutes: 45,
  retries: 2,
  ...AGENT_FIRST,
}

const today = (time: string) => `2026-11-23T${time}.000Z`

describe.each(HOUSE_DIALECTS)('the rules of promises on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect, { callbackRetries: 1 })
  })
  afterEach(() => house.close())

  const shown = async () => (await house.as('mai').get(PATH).expect(200)).body
  const save = (settings: object, status = 200, name = 'chief') =>
    house.as(name).put(PATH, settings).expect(status)
  /** What the preview says of these settings, the first time and after. */
  async function preview(settings: typeof SET) {
    const { hoursFrom, hoursTo, delayMinutes, retries } = settings
    const numbers = { delayMinutes: String(delayMinutes), retries: String(retries) }
    const query = new URLSearchParams({ hoursFrom, hoursTo, ...numbers })
    const answer = await house.as('chief').get(`${PATH}/preview?${query.toString()}`).expect(200)
    return callbackPreview.parse(answer.body)
  }
  async function promise(asked: object = {}) {
    const id = await house.open()
    const answer = await house.as('mai').post(`/tickets/${id}/callbacks`, asked).expect(201)
    return callbackView.parse(answer.body)
  }

  test('are those of the start until an administrator saves others, which a restart keeps', async () => {
    expect(await shown()).toEqual({ ...FIRST, version: 0 })
    await save({ ...SET, version: 0 }, 403, 'mai')
    expect((await save({ ...SET, version: 0 })).body).toEqual({ ...SET, version: 1 })
    const again = await openTestHouse(house.database, { clock: house.clock, callbackRetries: 5 })
    expect(callbackSettingsView.parse(await again.callbackSettings.view())).toEqual({
      ...SET,
      version: 1,
    })
    expect(again.callbackSettings.rules().retries).toBe(2)
    expect(again.callbackSettings.inForce()).toEqual({ ...SET, from: 'administrators' })
    const audit = await house.as('chief').get('/audit?action=callbacks.changed').expect(200)
    expect(audit.body.items).toMatchObject([
      {
        actor: { id: 'chief' },
        detail: {
          hoursFrom: '00:00 → 18:00',
          hoursTo: '24:00 → 20:00',
          delayMinutes: '30 → 45',
          retries: '1 → 2',
        },
      },
    ])
  })

  test('are saved by one of two who began from the same ones; the other is told', async () => {
    const [one, two] = await Promise.all([
      house.as('chief').put(PATH, { ...SET, version: 0 }),
      house.as('chief').put(PATH, { ...FIRST, version: 0 }),
    ])
    const statuses = [one.status, two.status]
    expect(new Set(statuses)).toEqual(new Set([200, 409]))
    expect(await shown()).toMatchObject({ version: 1 })
  })

  test.each([
    [{ hoursTo: '18:00' }, 'hoursTo'],
    [{ hoursFrom: '7:00' }, 'hoursFrom'],
    [{ delayMinutes: 0 }, 'delayMinutes'],
    [{ retries: 21 }, 'retries'],
  ])('cannot be %j', async (wrong, path) => {
    const refused = await save({ ...SET, ...wrong, version: 0 }, 400)
    expect(refused.body.errors[0]).toMatchObject({ path })
    expect(await shown()).toMatchObject({ version: 0 })
  })

  test('are previewed by what they do: a promise made now is due when the preview says', async () => {
    const { at, dials } = await preview(SET)
    expect(at).toBe(house.clock.now())
    expect(dials).toEqual([today('11:00:00'), today('11:15:00'), today('12:15:00')])
    await save({ ...SET, version: 0 })
    expect(await promise()).toMatchObject({ dueAt: dials[0], promisedFor: dials[0], agreed: false })
    const agreed = await promise({ dueAt: today('15:00:00'), agreed: true })
    expect(agreed).toMatchObject({ dueAt: today('15:00:00'), agreed: true })
  })

  test.each([
    [{ number: '1900 0382' }, 'number', /^1900 0382 is a service number/, 'number_service'],
    [{ number: '18001166' }, 'number', /^1800 1166 is a service number/, 'number_service'],
    [{ number: '113' }, 'number', /^113 is a short code/, 'number_short'],
    [
      { number: '0912 345' },
      'number',
      /^0912345 is no Vietnamese number: a mobile has 10 digits/,
      'number_malformed',
    ],
    [{ number: 'nhà anh Ba' }, 'number', /nhà anh Ba is/, 'number_nobodys'],
    [{ number: '+85512345678' }, 'number', /is outside Vietnam/, 'number_abroad'],
    [{ number: '0000000000' }, 'number', /is a number that nobody has/, 'number_nobodys'],
    [{ dueAt: today('01:00:00') }, 'dueAt', /is in the past/, undefined],
    [{ dueAt: '2026-12-24T03:00:00.000Z' }, 'dueAt', /is more than 30 days ahead/, undefined],
  ])('refuse %j, and say which and why', async (asked, path, why, code) => {
    const id = await house.open()
    const refused = await house.as('mai').post(`/tickets/${id}/callbacks`, asked).expect(422)
    const told = { path, message: expect.stringMatching(why), ...(code && { code }) }
    expect(refused.body.errors).toEqual([told])
    expect((await house.read(id)).callbacks).toEqual([])
  })
})
