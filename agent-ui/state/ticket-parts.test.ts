import { expect, test } from 'vitest'
import { aTicket, anOffer } from '../test-support/samples.ts'
import { partsInOrder } from './ticket-parts.ts'

test('what the next step is about comes first: the checklist, the answers, else the matter', () => {
  const guided = aTicket({ status: 'guiding', actions: [anOffer({ action: 'save_guidance' })] })
  const answered = aTicket({ status: 'customer_reply' })
  const first = [guided, answered, aTicket({ status: 'noc_queued' })].map(
    (ticket) => partsInOrder(ticket)[0],
  )
  expect(first).toEqual(['guidance', 'replies', 'matter'])
})
