import { expect, it } from 'vitest'
import { intakeChannel } from '#contract/tickets.ts'
import { EVIDENCE_CHANNELS } from '#contract/casework/process.ts'
import { evidenceOf } from './evidence.ts'

const ROW = { at: '2026-11-23T02:00:00.000Z', channel: 'hotline', kind: 'call' }

it('a row is evidence without what else it keeps', () => {
  const stored = { ...ROW, id: 'e1', reference: 'x' }
  expect(evidenceOf(stored)).toEqual(ROW)
})

it.each([
  ['kind', 'rumour'],
  ['channel', 'pigeon'],
  ['at', 'yesterday'],
])('a row with a %s that nobody knows is refused', (field, value) => {
  expect(() => evidenceOf({ ...ROW, [field]: value })).toThrow(field)
})

it('each channel is a place where somebody can be tried; a mail proves an answer by mail alone', () => {
  expect(EVIDENCE_CHANNELS.attempt.toSorted()).toEqual(intakeChannel.options.toSorted())
  expect([EVIDENCE_CHANNELS.mail, EVIDENCE_CHANNELS.letter]).toEqual([['email'], ['letter']])
})
