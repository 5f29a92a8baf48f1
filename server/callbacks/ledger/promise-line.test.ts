import { expect, test } from 'vitest'
import { promiseLine } from './promise-line.ts'

const OF = { promiseId: 'k1', ticketId: 't1' }
const WORD = { ...OF, type: 'promise_outcome_given', actorId: 'mai', attempt: 1 } as const

test('a word keeps its note, unless the step that it is says it', () => {
  const said = { ...WORD, outcome: 'reached', was: 'no_answer', note: 'đã có mạng' } as const
  expect(promiseLine({ ...said, result: null })).toMatchObject({ actorId: 'mai', note: said.note })
  expect(promiseLine({ ...said, result: 'ok' })).toMatchObject({
    note: '',
    fields: { callbackId: 'k1', outcome: 'reached', corrected: '1' },
  })
})

test('a word that merely confirms the evidence corrects nothing', () => {
  const said = { ...WORD, outcome: 'reached', was: 'reached', note: '', result: null } as const
  expect(promiseLine(said).fields).toEqual({ callbackId: 'k1', outcome: 'reached' })
})

test.each([
  ['reached', 'callback_ended'],
  ['no_answer', 'callback_attempt'],
] as const)('an attempt that ended %s is a line of its own: %s', (outcome, kind) => {
  const attempted = {
    ...OF,
    type: 'promise_attempted',
    assigneeId: 'mai',
    numberDial: '0912345678',
    callId: 'call-1',
    attempt: 2,
  } as const
  const how = { extension: '101', outcome, calledCustomer: true }
  const line = promiseLine({ ...attempted, ...how, submittedAt: '2026-11-23T02:00:00.000Z' })
  expect(line).toMatchObject({ kind, fields: { attempt: '2', extension: '101', outcome } })
})
