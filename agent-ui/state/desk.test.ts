import { describe, expect, test } from 'vitest'
import { aCall, aCallback, aPop, aSnapshot } from '../test-support/samples.ts'
import { reduceDesk, ringingPops } from './desk.ts'
import type { DeskNews, DeskState } from './desk.ts'

function aDesk(change: Parameters<typeof aSnapshot>[0] = {}): DeskState {
  const desk = reduceDesk(null, { type: 'desk_snapshot', snapshot: aSnapshot(change) })
  if (!desk) throw new Error('a snapshot makes a desk')
  return desk
}

/** The desk after these news, in the order they arrived. */
function after(desk: DeskState | null, ...news: DeskNews[]): DeskState | null {
  return news.reduce(reduceDesk, desk)
}

describe('the call I talk on', () => {
  const mine = aCall({ id: 'mine' })
  const talking: DeskNews = { type: 'desk_call', call: mine }
  const silent: DeskNews = { type: 'desk_call', call: null }

  test('is the one the server says, and nothing once it says so', () => {
    expect(after(aDesk(), talking)?.call).toEqual(mine)
    expect(after(aDesk(), talking, silent)?.call).toBeNull()
  })

  test('is the newer one after a hand-over, when the end of the older arrives late', () => {
    const other = aCall({ id: 'other' })
    const desk = after(aDesk(), { type: 'desk_call', call: other }, silent, talking)
    expect(desk?.call?.id).toBe('mine')
  })

  test('changes with its own news, as when it gets its ticket', () => {
    const ticket = { id: 'ticket-1', code: 'KN-2026-000123' }
    const desk = after(aDesk(), talking, { type: 'desk_call', call: { ...mine, ticket } })
    expect(desk?.call?.ticket).toEqual(ticket)
  })

  test('is never one that is over, in news as in a snapshot', () => {
    const over = aCall({ status: 'ended', endedAt: '2026-11-22T03:05:00.000Z' })
    expect(after(aDesk(), { type: 'desk_call', call: over })?.call).toBeNull()
    expect(aDesk({ call: over }).call).toBeNull()
  })

  test('comes back with the snapshot after the link was lost', () => {
    const desk = after(aDesk(), { type: 'desk_snapshot', snapshot: aSnapshot({ call: mine }) })
    expect(desk?.call).toEqual(mine)
    expect(after(desk, { type: 'desk_snapshot', snapshot: aSnapshot() })?.call).toBeNull()
  })

  test('waits for the first snapshot', () => {
    expect(after(null, talking)).toBeNull()
  })
})

function popOf(id: string, enteredAt: string): DeskNews {
  return { type: 'screen_pop', pop: aPop({ id, call: { ...aPop().call, enteredAt } }) }
}

function popInMinute(n: number, stage: 'ended' | 'ringing') {
  const enteredAt = new Date(Date.UTC(2026, 10, 22, 3, n)).toISOString()
  return aPop({ id: `pop-${n}`, stage, call: { ...aPop().call, id: `call-${n}`, enteredAt } })
}

describe('screen pops', () => {
  test('a ringing pop appears in the strip', () => {
    const desk = reduceDesk(aDesk(), { type: 'screen_pop', pop: aPop({ stage: 'ringing' }) })
    expect(desk && ringingPops(desk).map((pop) => pop.id)).toEqual(['pop-1'])
  })

  test('a late or doubled message never turns a pop back', () => {
    const answered = aDesk({ pops: [aPop({ stage: 'answered', rev: 3 })] })
    const now = reduceDesk(answered, { type: 'screen_pop', pop: aPop({ rev: 2 }) })
    expect(now?.pops[0]?.stage).toBe('answered')
  })

  test('a pop sent again at the revision that is shown changes nothing, not even itself', () => {
    const shown = aDesk({ pops: [aPop({ rev: 2 })] })
    const again = aPop({ rev: 2, stage: 'withdrawn' })
    expect(reduceDesk(shown, { type: 'screen_pop', pop: again })).toBe(shown)
  })

  test('the pops are in the order in which the calls came, whatever order the news had', () => {
    const desk = after(
      aDesk(),
      popOf('late', '2026-11-22T03:00:09.000Z'),
      popOf('b', '2026-11-22T03:00:01.000Z'),
      popOf('a', '2026-11-22T03:00:01.000Z'),
    )
    expect(desk?.pops.map((pop) => pop.id)).toEqual(['a', 'b', 'late'])
  })

  test('only a ringing pop is in the strip', () => {
    const stages = ['ringing', 'answered', 'ended'] as const
    const desk = aDesk({ pops: stages.map((stage) => aPop({ id: stage, stage })) })
    expect(ringingPops(desk).map((pop) => pop.id)).toEqual(['ringing'])
  })

  test('a pop that the snapshot brings withdrawn is not shown and not revived', () => {
    const desk = aDesk({ pops: [aPop({ stage: 'withdrawn', rev: 2 })] })
    expect(desk.pops).toEqual([])
    expect(after(desk, { type: 'screen_pop', pop: aPop({ rev: 1 }) })?.pops).toEqual([])
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
    const now = reduceDesk(before, {
      type: 'desk_snapshot',
      snapshot: aSnapshot({ pops: [aPop({ id: 'new' })] }),
    })
    expect(now?.pops.map((pop) => pop.id)).toEqual(['new'])
  })

  test('of calls that are over the last sixteen are kept, of those that are not all', () => {
    const news = [
      popInMinute(0, 'ringing'),
      ...Array.from({ length: 17 }, (_, n) => popInMinute(n + 1, 'ended')),
    ]
    const desk = news.reduce<DeskState | null>(
      (known, pop) => reduceDesk(known, { type: 'screen_pop', pop }),
      aDesk({ pops: [] }),
    )
    const kept = [0, ...Array.from({ length: 16 }, (_, n) => n + 2)]
    expect(desk?.pops.map(({ id }) => id)).toEqual(kept.map((n) => `pop-${n}`))
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
    const now = reduceDesk(desk, {
      type: 'callback_updated',
      callback: aCallback({ version: 3, note: 'cũ' }),
    })
    expect(now?.callbacks[0]?.note).toBe('mới')
  })

  test('what a promise waits for changes without a new version', () => {
    const waiting = aCallback({ version: 4, waitingFor: 'agent' })
    const desk = aDesk({ callbacks: [aCallback({ version: 4 })] })
    const now = after(desk, { type: 'callback_updated', callback: waiting })
    expect(now?.callbacks).toEqual([waiting])
  })

  test('a kept promise is not put back by late news of it', () => {
    const done = aCallback({ status: 'done', version: 2 })
    const late = aCallback({ version: 1 })
    const desk = after(
      aDesk({ callbacks: [late] }),
      { type: 'callback_updated', callback: done },
      { type: 'callback_updated', callback: late },
    )
    expect(desk?.callbacks).toEqual([])
  })

  test('a promise handed to somebody else leaves my list, a failed one stays on it', () => {
    const assignee = { id: 'staff-2', displayName: 'Trần Bình' }
    const desk = aDesk({ callbacks: [aCallback(), aCallback({ id: 'callback-2' })] })
    const now = after(
      desk,
      { type: 'callback_updated', callback: aCallback({ assignee, version: 2 }) },
      {
        type: 'callback_updated',
        callback: aCallback({ id: 'callback-2', status: 'failed', version: 2 }),
      },
    )
    expect(now?.callbacks.map((row) => [row.id, row.status])).toEqual([['callback-2', 'failed']])
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

test('the counts follow the server', () => {
  const counts = { myOpenTickets: 3, callbacksDue: 1 }
  expect(after(aDesk(), { type: 'counts', counts })?.counts).toEqual(counts)
})
