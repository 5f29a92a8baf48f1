import { describe, expect, test } from 'vitest'
import { aCallback, aPop, aSnapshot } from '../test-support/samples.ts'
import { reduceDesk, ringingPops } from './desk.ts'
import type { DeskState } from './desk.ts'

function aDesk(change: Parameters<typeof aSnapshot>[0] = {}): DeskState {
  const desk = reduceDesk(null, { type: 'desk_snapshot', snapshot: aSnapshot(change) })
  if (!desk) throw new Error('a snapshot makes a desk')
  return desk
}

describe('screen pops', () => {
  test('a ringing pop appears in the strip', () => {
    const desk = reduceDesk(aDesk(), { type: 'screen_pop', pop: aPop({ stage: 'ringing' }) })
    expect(desk && ringingPops(desk).map((pop) => pop.id)).toEqual(['pop-1'])
  })

  test('a late or doubled message never turns a pop back', () => {
    const answered = aDesk({ pops: [aPop({ stage: 'answered', rev: 3 })] })
    const after = reduceDesk(answered, { type: 'screen_pop', pop: aPop({ rev: 2 }) })
    expect(after?.pops[0]?.stage).toBe('answered')
  })

  test('a withdrawn pop disappears and late news cannot bring it back', () => {
    const ringing = aDesk({ pops: [aPop({ rev: 1 })] })
    const gone = reduceDesk(ringing, {
      type: 'screen_pop',
      pop: aPop({ stage: 'withdrawn', rev: 2 }),
    })
    const late = reduceDesk(gone, { type: 'screen_pop', pop: aPop({ rev: 1 }) })
    expect(late?.pops).toEqual([])
  })

  test('a snapshot replaces the pops of before', () => {
    const before = aDesk({ pops: [aPop({ id: 'old', rev: 9 })] })
    const after = reduceDesk(before, {
      type: 'desk_snapshot',
      snapshot: aSnapshot({ pops: [aPop({ id: 'new' })] }),
    })
    expect(after?.pops.map((pop) => pop.id)).toEqual(['new'])
  })

  test('news before the first snapshot wait for it', () => {
    expect(reduceDesk(null, { type: 'screen_pop', pop: aPop() })).toBeNull()
  })
})

describe('my promises', () => {
  test('a new promise of mine is added and a done one is removed', () => {
    const added = reduceDesk(aDesk(), { type: 'callback_updated', callback: aCallback() })
    expect(added?.callbacks.map((row) => row.id)).toEqual(['callback-1'])
    const done = reduceDesk(added, {
      type: 'callback_updated',
      callback: aCallback({ status: 'done', version: 2 }),
    })
    expect(done?.callbacks).toEqual([])
  })

  test('a promise of somebody else is not mine', () => {
    const assignee = { id: 'staff-2', displayName: 'Trần Bình' }
    const desk = reduceDesk(aDesk(), {
      type: 'callback_updated',
      callback: aCallback({ assignee }),
    })
    expect(desk?.callbacks).toEqual([])
  })

  test('an older version does not replace a newer one', () => {
    const desk = aDesk({ callbacks: [aCallback({ version: 4, note: 'mới' })] })
    const after = reduceDesk(desk, {
      type: 'callback_updated',
      callback: aCallback({ version: 3, note: 'cũ' }),
    })
    expect(after?.callbacks[0]?.note).toBe('mới')
  })
})

test('my state follows the server, also when a supervisor changed it', () => {
  const state = {
    state: 'paused',
    reason: 'meeting',
    since: '2026-11-22T03:00:00.000Z',
    confirmed: false,
  } as const
  expect(reduceDesk(aDesk(), { type: 'agent_state', state })?.state).toEqual(state)
})
