import { expect, test } from 'vitest'
import { bulkFaults } from './bulk-faults.ts'

test('a refusal of many is told of each row by its own name', () => {
  const fault = { path: 'ticketIds.1', message: 'no', code: 'ticket_over' }
  const other = { path: 'outage', message: 'no' }
  expect(bulkFaults([fault, other, { ...fault, path: 'ticketIds.7' }], ['KN-1', 'KN-2'])).toEqual([
    { name: 'KN-2', fault },
  ])
})
