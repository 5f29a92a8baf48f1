import { expect, test } from 'vitest'
import { checkAfterLoss } from './after-loss.ts'

/** A phone with a call, whose connection is the test's. */
function phone(now: 'rings' | 'talks' | 'rests') {
  const listeners = new Map<string, () => void>()
  const did: string[] = []
  const call = {
    sendInfo: () => void did.push('asked'),
    terminate: () => void did.push('ended'),
  }
  checkAfterLoss({ on: (event, heard) => listeners.set(event, heard) }, () =>
    now === 'rests' ? null : { call, isTalking: now === 'talks' },
  )
  const say = (...events: string[]) => events.forEach((event) => listeners.get(event)?.())
  return { say, did }
}

test('a talk whose connection was lost is asked about once the PBX knows the phone again', () => {
  const { say, did } = phone('talks')
  say('registered', 'disconnected', 'disconnected')
  expect(did).toEqual([])
  say('registered')
  expect(did).toEqual(['asked'])
  // the phone registers every two minutes
  say('registered')
  expect(did).toEqual(['asked'])
})

test('what only rang when the connection was lost rings no more; without a call nothing is done', () => {
  const ringing = phone('rings')
  ringing.say('registered', 'disconnected', 'registered')
  expect(ringing.did).toEqual(['ended'])
  const resting = phone('rests')
  resting.say('registered', 'disconnected', 'registered')
  expect(resting.did).toEqual([])
})
