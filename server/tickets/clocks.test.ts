import { describe, expect, it } from 'vitest'
import { ticketKind } from '#contract/tickets.ts'
import { DATED_KINDS, ticketDueAt } from './clocks.ts'

const receivedAt = '2026-11-22T03:00:00.000Z'
const counted = (_from: string, days: number) => `${days} working days on`

describe('the deadline of a ticket', () => {
  it.each([
    ['incident', '20 working days on'],
    ['complaint', '20 working days on'],
    ['request', null],
    ['info', null],
  ] as const)('of kind %s is %s', (kind, due) => {
    expect(ticketDueAt(kind, receivedAt, counted)).toBe(due)
  })

  it('moves with the calendar for exactly the kinds that have one', () => {
    expect(DATED_KINDS).toEqual(
      ticketKind.options.filter((kind) => ticketDueAt(kind, receivedAt, counted) !== null),
    )
  })
})
