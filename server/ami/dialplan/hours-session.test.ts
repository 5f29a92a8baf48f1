import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createTelephonyUnderTest,
  type TelephonyUnderTest,
} from '../../../test/support/ami-telephony.ts'
import { eventually } from '../../../test/support/eventually.ts'
import type { FakeAmi } from '../../../test/support/fake-ami-server.ts'
import { LOOK_AT_MEMBERS_MS } from '../pbx.ts'

const TOLD = 'hotline-hours/told'

describe('the calling hours', () => {
  let hours = { from: '07:00', to: '21:30' }
  let room: TelephonyUnderTest
  let fake: FakeAmi
  beforeEach(async () => {
    hours = { from: '07:00', to: '21:30' }
    room = await createTelephonyUnderTest(undefined, { callingHours: () => hours })
    const [first] = room.fakes
    if (first === undefined) throw new Error('no fake PBX')
    fake = first
  })
  afterEach(() => room.stop())

  const told = () => fake.actions('Originate').map(({ headers }) => headers['channel'])
  const asked = () =>
    fake.actions('DBGetTree').filter(({ headers }) => headers['family'] === 'hotline-hours').length
  /** The next look, and its question of what the dialplan keeps. */
  const look = async () => {
    const before = asked()
    await room.clock.advance(LOOK_AT_MEMBERS_MS)
    await eventually(() => expect(asked()).toBeGreaterThan(before))
  }

  it('are told to a dialplan that keeps others, until it keeps them', async () => {
    await room.ready()
    await look()
    expect(told()).toEqual([])
    hours = { from: '08:00', to: '24:00' }
    await look()
    await eventually(() => expect(told()).toEqual(['Local/08002400@callback-hours']))
    fake.pbx.database.set(TOLD, '0800-2400')
    await look()
    await look()
    expect(told()).toHaveLength(1)
  })

  it('are not told to a dialplan that cannot keep them', async () => {
    fake.pbx.globals.set('HOTLINE_DIALPLAN', '5')
    fake.pbx.database.delete(TOLD)
    await room.ready()
    await room.clock.advance(LOOK_AT_MEMBERS_MS)
    await eventually(() => expect(fake.actions('QueueStatus').length).toBeGreaterThan(1))
    expect([asked(), told()]).toEqual([0, []])
  })
})
