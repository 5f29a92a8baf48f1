import { describe, expect, it } from 'vitest'
import { ROLES } from '#contract/staff.ts'
import { ticketStatus } from '#contract/tickets.ts'
import {
  permissionsFor,
  codeYear,
  isOpen,
  OPEN_STATUSES,
  refusalToWithdraw,
  TICKET_STATES,
  ticketCode,
} from './ticket.ts'

/** process.md §3, in its order: code, owner. */
const PROCESS = `
NEW                | CSKH
GUIDING            | CSKH
CALLBACK_DUE       | CSKH
NOC_QUEUED         | NOC
NOC_DIAGNOSING     | NOC
NOC_CORE_FIX       | NOC
FIELD_QUEUED       | KT
FIELD_WORKING      | KT
NOC_VERIFYING      | NOC
NEED_CUSTOMER_INFO | CSKH
CUSTOMER_REPLY     | CSKH
RECHECK            | CSKH
CONFIRMED          | CSKH
CLOSED             | CSKH
CANCELLED          | CSKH lead`

const TEAM: Record<string, string> = { CSKH: 'cskh', 'CSKH lead': 'cskh', NOC: 'noc', KT: 'field' }

describe('the states', () => {
  it('and their owners are those of the process', () => {
    const rows = PROCESS.trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
    expect(Object.entries(TICKET_STATES).map(([code, state]) => [code, state.owner])).toEqual(
      rows.map(([code = '', owner = '']) => [code.toLowerCase(), TEAM[owner]]),
    )
  })

  it('are all open except closed and cancelled', () => {
    expect(ticketStatus.options.filter((status) => !isOpen(status))).toEqual([
      'closed',
      'cancelled',
    ])
    expect(OPEN_STATUSES).toHaveLength(ticketStatus.options.length - 2)
  })
})

describe('a code', () => {
  it('has the year of receipt in Vietnam and six digits', () => {
    expect(ticketCode(codeYear('2026-12-31T16:59:59.999Z'), 123)).toBe('KN-2026-000123')
    expect(ticketCode(codeYear('2026-12-31T17:00:00.000Z'), 1)).toBe('KN-2027-000001')
  })

  it('grows beyond a million rather than repeat', () => {
    expect(ticketCode('2026', 1_234_567)).toBe('KN-2026-1234567')
  })
})

describe('the actions offered', () => {
  it.each([
    ['agent', ['edit', 'choose_customer', 'note_reply', 'promise_callback']],
    ['supervisor', ['edit', 'choose_customer', 'note_reply', 'promise_callback']],
    ['admin', ['edit', 'choose_customer', 'promise_callback']],
    ['noc', []],
    ['field', []],
  ] as const)('to %s on a new ticket are %j', (role, actions) => {
    expect(
      permissionsFor({ role, status: 'new', hasOpenCallback: false, isMerged: false }),
    ).toEqual(actions)
  })

  it('leave out a second promise while one is open', () => {
    expect(
      permissionsFor({ role: 'agent', status: 'guiding', hasOpenCallback: true, isMerged: false }),
    ).toEqual(['edit', 'choose_customer', 'note_reply'])
  })

  it('are none on a closed or cancelled ticket', () => {
    for (const role of ROLES) {
      for (const status of ['closed', 'cancelled'] as const) {
        expect(permissionsFor({ role, status, hasOpenCallback: false, isMerged: false })).toEqual(
          [],
        )
      }
    }
  })
})

describe('a note', () => {
  const at = '2026-11-23T02:00:00.000Z'
  const own = { kind: 'note', actorId: 'lan', at }
  it.each([
    ['its author, at once', own, at, null],
    ['its author, 30 seconds later', own, '2026-11-23T02:00:30.000Z', null],
    ['its author, later', own, '2026-11-23T02:00:30.001Z', 'note_stands'],
    ['somebody else', { ...own, actorId: 'mai' }, at, 'not_your_note'],
    ['whoever did another thing', { ...own, kind: 'moved' }, at, 'not_your_note'],
  ])('is taken back by %s: %s', (_who, line, now, code) => {
    expect(refusalToWithdraw(line, 'lan', now)?.code ?? null).toBe(code)
  })
})
