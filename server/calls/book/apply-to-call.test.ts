import { describe, expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { callEvents, play, SITE } from '../../../test/support/call-table.ts'
import { createCallBook } from './call-book.ts'
import { NOTHING } from './applied.ts'
import { applyToNewCall, linkAgentChannel, applyToCall } from './apply-to-call.ts'

const [joined] = callEvents('00:00.000  queue_joined  trunk#1')
const [called] = callEvents('00:01.000  agent_called  trunk#1  101#2')
if (joined === undefined || called === undefined) throw new Error('the tables have one line each')

describe('one event and the call it belongs to', () => {
  test('an event that begins no call does nothing', () => {
    const [left] = callEvents('00:00.000  queue_left  trunk#1')
    if (left === undefined) throw new Error('the table has one line')
    expect(applyToNewCall(createCallBook('pbx1', SITE), left)).toBe(NOTHING)
  })

  test('an event that says nothing new leaves no line', () => {
    const book = createCallBook('pbx1', SITE)
    applyToNewCall(book, joined)
    const entry = book.index.get('trunk#1')
    if (entry === undefined) throw new Error('the call began')
    expect(applyToCall(book, entry, joined)).toBe(NOTHING)
    expect(applyToCall(book, entry, called).facts).toHaveLength(1)
  })

  test('the agents’ channels lead to the call from then on', () => {
    const book = createCallBook('pbx1', SITE)
    const entry = book.index.add(aFreshCall())
    linkAgentChannel(book, entry, called)
    expect(book.index.get('101#2')).toBe(entry)
  })
})

test('calls are forgotten 15 minutes after their end, by the PBX’s clock', () => {
  const { applied } = play(`
    00:00.000  queue_joined  trunk#1
    00:01.000  hung_up       trunk#1
    15:00.000  queue_joined  trunk#2
    15:00.900  hung_up       trunk#2
    15:01.000  queue_joined  trunk#3
    15:01.100  hung_up       trunk#3`)
  expect(applied.map(({ dropped }) => dropped.join())).toEqual(['', '', '', '', '', 'trunk#1'])
})
