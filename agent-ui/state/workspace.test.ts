import { describe, expect, test } from 'vitest'
import { aPop, aTicketRef } from '../test-support/samples.ts'
import { EMPTY_WORKSPACE, isWorkspace, reduceWorkspace } from './workspace.ts'
import type { Workspace } from './workspace.ts'

const answered = aPop({ stage: 'answered', ticket: aTicketRef('ticket-1') })

const PREVIEW = { type: 'call_opened', callId: 'call-1', ticketId: null } as const

function afterPops(space: Workspace, pops: ReturnType<typeof aPop>[], busy = false): Workspace {
  return reduceWorkspace(space, { type: 'pops_changed', pops, busy })
}

describe('an answered call', () => {
  test('opens its ticket in front of a free agent', () => {
    const space = afterPops(EMPTY_WORKSPACE, [answered])
    expect(space.tabs).toEqual([{ key: 'call-1', callId: 'call-1', ticketId: 'ticket-1' }])
    expect(space.activeKey).toBe('call-1')
  })

  test('does not take the screen from an agent who is writing', () => {
    const writing = reduceWorkspace(EMPTY_WORKSPACE, { type: 'ticket_opened', ticketId: 'other' })
    const space = afterPops(writing, [answered], true)
    expect(space.tabs).toHaveLength(2)
    expect(space.activeKey).toBe('other')
  })

  test('joins the tab that already shows its ticket', () => {
    const open = reduceWorkspace(EMPTY_WORKSPACE, { type: 'ticket_opened', ticketId: 'ticket-1' })
    expect(afterPops(open, [answered]).tabs).toEqual([
      { key: 'ticket-1', callId: 'call-1', ticketId: 'ticket-1' },
    ])
  })

  test('stays open as a ticket when its pop is gone', () => {
    const space = afterPops(afterPops(EMPTY_WORKSPACE, [answered]), [])
    expect(space.tabs.map((tab) => tab.ticketId)).toEqual(['ticket-1'])
  })

  test('is not opened again after the agent closed it', () => {
    const open = afterPops(EMPTY_WORKSPACE, [answered])
    const closed = reduceWorkspace(open, { type: 'tab_closed', key: 'call-1' })
    const later = afterPops(closed, [{ ...answered, stage: 'ended', rev: 5 }])
    expect(later.tabs).toEqual([])
  })
})

describe('a ringing call', () => {
  test('opens nothing by itself', () => {
    expect(afterPops(EMPTY_WORKSPACE, [aPop()]).tabs).toEqual([])
  })

  test('that was previewed disappears when another agent answers it', () => {
    const preview = reduceWorkspace(EMPTY_WORKSPACE, PREVIEW)
    expect(afterPops(preview, [aPop()]).tabs).toHaveLength(1)
    expect(afterPops(preview, [])).toEqual(EMPTY_WORKSPACE)
  })

  test('that was previewed keeps its tab when it is answered here', () => {
    const preview = reduceWorkspace(EMPTY_WORKSPACE, PREVIEW)
    expect(afterPops(preview, [answered]).tabs).toEqual([
      { key: 'call-1', callId: 'call-1', ticketId: 'ticket-1' },
    ])
  })
})

test('a previewed call that turns out to be an open ticket leaves one tab', () => {
  const preview = reduceWorkspace(EMPTY_WORKSPACE, PREVIEW)
  const both = reduceWorkspace(preview, { type: 'ticket_opened', ticketId: 'ticket-1' })
  expect(afterPops(both, [answered]).tabs).toEqual([
    { key: 'call-1', callId: 'call-1', ticketId: 'ticket-1' },
  ])
})

test('a call whose tab was closed comes back with its ticket when it is opened by hand', () => {
  const closed = reduceWorkspace(afterPops(EMPTY_WORKSPACE, [answered]), {
    type: 'tab_closed',
    key: 'call-1',
  })
  const open = { type: 'call_opened', callId: 'call-1', ticketId: 'ticket-1' } as const
  expect(reduceWorkspace(closed, open)).toEqual({
    tabs: [{ key: 'call-1', callId: 'call-1', ticketId: 'ticket-1' }],
    activeKey: 'call-1',
    closedCalls: [],
  })
})

test('closing the tab in front shows the last one left', () => {
  const both = ['a', 'b'].reduce(
    (space, ticketId) => reduceWorkspace(space, { type: 'ticket_opened', ticketId }),
    EMPTY_WORKSPACE,
  )
  expect(reduceWorkspace(both, { type: 'tab_closed', key: 'b' }).activeKey).toBe('a')
})

test('a shift of many tickets keeps the newest tabs only', () => {
  const space = Array.from({ length: 12 }, (_, index) => `t${index}`).reduce(
    (current, ticketId) => reduceWorkspace(current, { type: 'ticket_opened', ticketId }),
    EMPTY_WORKSPACE,
  )
  expect(space.tabs.map((tab) => tab.key)).toEqual([
    't4',
    't5',
    't6',
    't7',
    't8',
    't9',
    't10',
    't11',
  ])
})

test('a kept workspace of another shape is not taken for one', () => {
  expect(isWorkspace(EMPTY_WORKSPACE)).toBe(true)
  expect(
    [null, [], { ...EMPTY_WORKSPACE, tabs: [null] }, { tabs: [] }].filter(isWorkspace),
  ).toEqual([])
})
