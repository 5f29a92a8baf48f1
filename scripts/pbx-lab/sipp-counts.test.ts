import { expect, test } from 'vitest'
import { parseCounts } from './sipp-counts.ts'

test('the last line of the statistics counts, by the names of the first', () => {
  const csv =
    'StartTime;TotalCallCreated;SuccessfulCall(P);SuccessfulCall(C);FailedCall(C)\n' +
    '10:00;4;1;3;0\n10:01;9;2;7;1\n'
  expect(parseCounts(csv)).toEqual({ total: 9, successful: 7, failed: 1 })
})
