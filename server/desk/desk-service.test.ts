import { expect, test } from 'vitest'
import { deskSnapshot } from '#contract/desk.ts'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { myDay } from '#contract/supervision/my-day.ts'
import { createTestClock } from '../../test/support/clock.ts'
import { createDeskService } from './desk-service.ts'

const mai = {
  id: 'mai',
  username: 'mai',
  displayName: 'Mai',
  role: 'agent',
  extension: '101',
} as const

test('the desk is what each feature says of this person, at one moment', async () => {
  const asked: string[] = []
  const about = (what: string, staffId: string) => void asked.push(`${what} of ${staffId}`)
  const clock = createTestClock()
  const state = { state: 'ready', reason: null, since: clock.now(), confirmed: true } as const
  const desk = createDeskService({
    clock,
    appVersion: '0.1.0',
    stateOf: () => state,
    serviceStatus: () => ({
      database: 'waiting',
      since: '2026-11-23T01:59:00.000Z',
      reason: 'locked',
    }),
    setState: async () => state,
    changeWrapUp: async () => state,
    currentCall: async (user) => {
      about('call', user.id)
      return null
    },
    livePops: async (staffId) => {
      about('pops', staffId)
      return []
    },
    openCallbacks: async (staffId) => {
      about('promises', staffId)
      return []
    },
    async awaitingWord(staffId) {
      about('words', staffId)
      return []
    },
    countCallbacksDue: async () => 2,
    countOpenTickets: async () => 5,
    workOf: (staffId) => ({ ...NO_DAY, taken: staffId === 'mai' ? 3 : 0 }),
    verdictsOf: async ({ id }, day) => {
      about(`verdicts on ${day}`, id)
      return { kept: 2, late: 1, broken: 0 }
    },
  })
  const snapshot = await desk.snapshot(mai)
  expect(deskSnapshot.parse(snapshot)).toEqual({
    serverTime: clock.now(),
    appVersion: '0.1.0',
    user: mai,
    state,
    call: null,
    pops: [],
    callbacks: [],
    awaiting: [],
    service: { database: 'waiting', since: '2026-11-23T01:59:00.000Z' },
    counts: { myOpenTickets: 5, callbacksDue: 2 },
  })
  expect(asked).toEqual(['call of mai', 'pops of mai', 'promises of mai', 'words of mai'])
  expect(myDay.parse(await desk.myDay(mai))).toEqual({
    day: '2026-11-23',
    work: { ...NO_DAY, taken: 3 },
    promises: { kept: 2, late: 1, broken: 0 },
  })
  expect(asked.at(-1)).toBe('verdicts on 2026-11-23 of mai')
  expect(await desk.setState(mai, { state: 'ready' })).toBe(state)
})
