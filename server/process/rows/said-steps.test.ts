import { expect, test } from 'vitest'
import type { AttemptWord } from '#contract/callbacks.ts'
import { ticketStatus, type TicketStatus } from '#contract/tickets.ts'
import { call, LAN, walked } from '../../../test/support/domain/process-steps.ts'
import { stepOfSaid, wordsOf } from './said-steps.ts'

const KNOWN = '2026-11-23T02:30:00.000Z'

/** Which row of `process.md` the customer's word is, and where it leads. */
test.each<[TicketStatus, AttemptWord, number, TicketStatus]>([
  ['callback_due', 'solved', 6, 'confirmed'],
  ['callback_due', 'unsolved', 7, 'noc_queued'],
  ['customer_reply', 'solved', 22, 'confirmed'],
  ['customer_reply', 'unsolved', 23, 'noc_queued'],
  ['confirmed', 'unsolved', 23, 'noc_queued'],
  ['new', 'solved', 31, 'confirmed'],
  ['guiding', 'solved', 31, 'confirmed'],
])('while the ticket is %s, "%s" is row %i: %s', (status, word, row, to) => {
  const result = word === 'solved' ? 'ok' : 'nok'
  const step = stepOfSaid(status, { result, note: 'đèn xanh lại' })
  const facts = { evidence: [call(KNOWN)] }
  const given = { status, resultKnownAt: KNOWN, facts }
  const taken = step && walked(LAN, given, step.action, step.input)
  expect([taken?.row, taken?.ticket.status]).toEqual([row, to])
  expect(wordsOf(status)).toContain(word)
})

test('no other word moves a ticket, and who called can always say whether they reached anybody', () => {
  const moving = ticketStatus.options.flatMap((status) =>
    (['ok', 'nok'] as const).filter((result) => stepOfSaid(status, { result, note: '' }) !== null),
  )
  expect(moving).toHaveLength(7)
  for (const status of ticketStatus.options) {
    const words = wordsOf(status)
    expect(words.at(-1)).toBe('not_reached')
    expect(words.length).toBeGreaterThan(1)
    // Both of the customer's answers, or "reached" in the place of the one that is no step.
    expect(words.includes('reached')).toBe(!words.includes('solved') || !words.includes('unsolved'))
  }
})
