import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agentState, deskSnapshot } from '../../server/contract/desk.ts'
import { staffMember } from '../../server/contract/staff.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { createShiftedClock, type ShiftedClock } from '../support/shifted-clock.ts'
import { createFakeTelephony, type FakeTelephony } from '../support/telephony.ts'
import { eventually } from '../support/eventually.ts'

const MINUTE_MS = 60_000

async function stateOf(person: Person) {
  return (await person.get('/desk', deskSnapshot)).state.state
}

function signOut(person: Person) {
  return person.send('DELETE', '/session', {}, z.null())
}

for (const dialect of HOUSE_DIALECTS) {
  describe(`the phone of a person on ${dialect}`, () => {
    let hotline: Hotline
    let telephony: FakeTelephony
    let lan: Person
    let clock: ShiftedClock
    beforeEach(async () => {
      clock = createShiftedClock()
      telephony = createFakeTelephony()
      hotline = await startHotline({
        amiUrl: 'ami://a:b@127.0.0.1:1/pbx1',
        dialect,
        clock,
        createTelephony: () => ({ ...telephony, start() {}, async stop() {} }),
      })
      lan = await hotline.hire('lan', 'agent', '101')
      await lan.send('POST', '/desk/state', { state: 'ready' }, agentState)
    })
    afterEach(() => hotline.stop())

    const orders = () => telephony.memberships.map((one) => `${one.extension} ${one.state}`)

    it('goes on ringing when one of two browsers signs out, and stops with the last', async () => {
      await signOut(await hotline.signIn('lan'))
      expect(await stateOf(lan)).toBe('ready')
      await signOut(lan)
      const later = await hotline.signIn('lan')
      await eventually(async () => expect(await stateOf(later)).toBe('offline'))
    })

    it('leaves the queues ten minutes after its last page was closed, and not beside an open one', async () => {
      const minh = await hotline.hire('minh', 'agent', '102')
      await minh.send('POST', '/desk/state', { state: 'ready' }, agentState)
      const pages = [await lan.listen(), await lan.listen()]
      const untilOffline = (person: Person) =>
        eventually(async () => {
          clock.shift(6 * MINUTE_MS)
          expect(await stateOf(person)).toBe('offline')
        })
      pages[0]?.close()
      await untilOffline(minh)
      expect(await stateOf(lan)).toBe('ready')
      pages[1]?.close()
      await untilOffline(lan)
    })

    it('leaves the queues under its old extension when it is given to somebody else', async () => {
      const change = { version: 1, extension: '102' }
      await hotline.admin.send('PATCH', `/staff/${lan.user.id}`, change, staffMember)
      await eventually(() => expect(orders()).toEqual(['101 ready', '101 offline']))
      expect(await stateOf(lan)).toBe('offline')
    })
  })
}
