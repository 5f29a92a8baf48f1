import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { CALL_SCENARIOS } from '../../../test/support/call-scenarios.ts'
import { callEvents, play, SITE } from '../../../test/support/call-table.ts'
import { createCallBook, findCall, liveCalls, restoreCalls } from './call-book.ts'

test('a restored book goes on as if it had never stopped', () => {
  for (const table of Object.values(CALL_SCENARIOS)) {
    const events = callEvents(table)
    const whole = play(events)
    for (let stop = 1; stop < events.length; stop++) {
      const before = play(events.slice(0, stop))
      const book = createCallBook('pbx1', SITE)
      restoreCalls(book, structuredClone(liveCalls(before.book)))
      // The PBX's list gives the bridges back, so restarts are followed by a snapshot; here they stay.
      Object.assign(book.live, before.book.live)
      const after = play(events.slice(stop), book)
      expect([...before.told, ...after.told]).toEqual(whole.told)
    }
  }
})

test('only calls that are not over are live', () => {
  const book = createCallBook('pbx1', SITE)
  restoreCalls(book, [aFreshCall(), aFreshCall({ uniqueid: 'trunk#2', endedAt: 'x' })])
  expect(liveCalls(book).map(({ uniqueid }) => uniqueid)).toEqual(['trunk#1'])
  expect(findCall(book, 'trunk#2')?.endedAt).toBe('x')
  expect(findCall(book, 'trunk#3')).toBeUndefined()
})
