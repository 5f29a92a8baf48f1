import { expect, test } from 'vitest'
import { aTicket, anOffer } from '../test-support/samples.ts'
import { partsInOrder } from './ticket-parts.ts'

test('the checklist comes first while it is worked on, else what is written; then answers that are owed', () => {
  const guided = aTicket({ status: 'guiding', actions: [anOffer({ action: 'save_guidance' })] })
  const answered = aTicket({ status: 'customer_reply' })
  const first = [guided, answered, aTicket({ status: 'noc_queued' })].map((ticket) =>
    partsInOrder(ticket).slice(0, 2),
  )
  expect(first).toEqual([
    ['guidance', 'composer'],
    ['composer', 'replies'],
    ['composer', 'matter'],
  ])
})
