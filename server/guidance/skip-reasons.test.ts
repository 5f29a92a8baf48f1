import { expect, it } from 'vitest'
import { skipReason, type TicketCategory } from '#contract/casework/guidance.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { SKIP_REASONS, skipReasonsFor, usualSkipReason } from './skip-reasons.ts'

const ANY = ['area_outage', 'customer_unable']

it.each<[TicketCategory | null, TicketRow['channel'], string[]]>([
  ['LOS_FIBER_CUT', 'hotline', ['los_red', ...ANY]],
  ['NO_INTERNET', 'hotline', ['los_red', ...ANY]],
  ['LEASED_LINE', 'hotline', ['leased_line', ...ANY]],
  ['VOICE', 'counter', ['area_outage', 'voice', 'customer_unable']],
  ['SLOW', 'hotline', ANY],
  ['SLOW', 'email', ['area_outage', 'written_channel', 'customer_unable']],
  [null, 'letter', skipReason.options],
])(
  'a ticket about %s that came by %s may skip the guidance for %j',
  (category, channel, reasons) => {
    expect(skipReasonsFor({ category, channel })).toEqual(reasons)
  },
)

it('knows every reason of the process', () => {
  expect(Object.keys(SKIP_REASONS)).toEqual(skipReason.options)
})

it.each<[TicketCategory | null, string | null]>([
  ['LOS_FIBER_CUT', 'los_red'],
  ['LEASED_LINE', 'leased_line'],
  ['VOICE', 'voice'],
  ['AREA_OUTAGE', 'area_outage'],
  ['SLOW', null],
  [null, null],
])('the guidance of %s is skipped as a rule for %s', (category, reason) => {
  expect(usualSkipReason(category)).toBe(reason)
})
