import { expect, test } from 'vitest'
import { aTicketRef } from '../test-support/samples.ts'
import { otherTickets } from './other-tickets.ts'

const at = (id: string, hour: number) => ({
  ...aTicketRef(id),
  receivedAt: `2026-11-22T0${hour}:00:00.000Z`,
})

test('tickets of the number and of the customer are offered once each, the newest first', () => {
  const found = otherTickets('here', [
    [at('old', 1), at('here', 9)],
    [at('new', 5), at('old', 1)],
  ])
  expect(found.map(({ id }) => id)).toEqual(['new', 'old'])
})
