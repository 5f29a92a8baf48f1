import { describe, expect, test } from 'vitest'
import { compareRun } from './compare.ts'
import type { BookCall } from './evidence.ts'
import {
  bookCall,
  books,
  changed,
  COUNTS,
  fieldsOf,
  KINDS,
  ticketOf,
  witness,
  type Kind,
} from './sample-run.ts'

test('books that agree with queue_log and the phones have no difference', () => {
  const { differences, lines, tickets } = compareRun({ witness, books })
  expect(differences).toEqual([])
  expect(lines).toEqual(KINDS.map((kind) => ({ kind, calls: 1, equal: 1 })))
  expect(tickets).toEqual({ expected: 5, found: 5 })
})

describe('a call that is told wrongly is found', () => {
  test.each<[Kind, Partial<BookCall>, string]>([
    ['answered', { outcome: 'abandoned' }, 'answered: outcome answered / abandoned'],
    ['answered', { waitSeconds: 7 }, 'answered: wait 5 s by queue_log / 7 s'],
    ['answered', { talkSeconds: 23 }, 'answered: talk 25 s by queue_log / 23 s'],
    ['answered', { talkSeconds: null }, 'answered: talk 25 s by queue_log / none'],
    ['answered', { queue: 'hotline-tech' }, 'answered: queue hotline / hotline-tech'],
    ['answered', { agents: ['101', '105'] }, 'answered: agents 101 / 101 105'],
    ['transferred', { agents: ['102'] }, 'transferred: agents 101 102 / 102'],
    ['transferred', { talkSeconds: 5 }, 'transferred: talk 25 s by phones / 5 s'],
    ['picked up', { agents: ['101'] }, 'picked up: agents 103 / 101'],
    ['direct', { waitSeconds: 9 }, 'direct: wait 4 s by phones / 9 s'],
    ['direct', { outcome: 'not_answered' }, 'direct: outcome answered / not_answered'],
    ['abandoned', { outcome: 'timeout' }, 'abandoned: outcome abandoned / timeout'],
    ['timed out', { outcome: 'abandoned' }, 'timed out: outcome timeout / abandoned'],
    ['cut while talking', { talkSeconds: 99 }, 'cut while talking: talk 95 s by phones / 99 s'],
    [
      'cut while talking',
      { outcome: 'unobserved' },
      'cut while talking: outcome answered / unobserved',
    ],
  ])('%s with %o', (kind, change, difference) => {
    expect(fieldsOf(changed(kind, change))).toEqual([difference])
  })

  test('a second of difference is no difference, two are', () => {
    expect(fieldsOf(changed('answered', { talkSeconds: 26, waitSeconds: 4 }))).toEqual([])
    expect(fieldsOf(changed('answered', { talkSeconds: 27, waitSeconds: 3 }))).toHaveLength(2)
  })
})

describe('tickets', () => {
  test('one that is missing is found', () => {
    const tickets = books.tickets.filter(({ number }) => number !== '0910000001')
    expect(fieldsOf({ ...books, tickets })).toEqual(['answered: ticket of 101 / none'])
  })

  test('one of somebody else is found', () => {
    const tickets = books.tickets.map((one) => ({ ...one, assignee: '101' }))
    expect(fieldsOf({ ...books, tickets })).toEqual([
      'picked up: ticket of 103 / 101',
      'direct: ticket of 104 / 101',
    ])
  })

  test('a second one of the same conversation is found', () => {
    const twice = { ...ticketOf('0910000001'), id: 'another', code: 'KN-twice' }
    expect(fieldsOf({ ...books, tickets: [...books.tickets, twice] })).toEqual([
      'nobody placed it: ticket none / KN-twice',
    ])
  })

  test('one of a caller whom nobody answered is found', () => {
    const tickets = [...books.tickets, ticketOf('0910000005')]
    const wrong = { ...changed('abandoned', { ticketId: 'ticket 0910000005' }), tickets }
    expect(fieldsOf(wrong)).toEqual([
      'abandoned: ticket of none / 101',
      'nobody placed it: ticket none / KN-0910000005',
    ])
  })
})

describe('calls', () => {
  test('one that is missing is found', () => {
    const calls = books.calls.filter(({ number }) => number !== '0910000005')
    expect(fieldsOf({ ...books, calls })).toEqual(['abandoned: call abandoned / none'])
  })

  test('one that nobody placed is found', () => {
    const calls = [...books.calls, bookCall('0910000099', { ticketId: null })]
    expect(fieldsOf({ ...books, calls })).toEqual(['nobody placed it: call none / answered'])
  })
})

describe('calls of our own people', () => {
  const staff = [
    { kind: 'outgoing', number: '0910000077', wasUp: true },
    { kind: 'internal', number: '0910000078', wasUp: true },
  ] as const
  const linesWith = (number: string | null) => {
    const more = number === null ? [] : [bookCall(number, { ticketId: null })]
    const run = {
      witness: { ...witness, staff },
      books: { ...books, calls: [...books.calls, ...more] },
    }
    const silent = compareRun(run).lines.filter(({ kind }) => /outgoing|internal/.test(kind))
    return silent.map(({ kind, equal }) => [kind, equal])
  }

  test.each([
    [null, 1, 1],
    ['0910000077', 0, 1],
    ['101', 1, 0],
  ])('with %s in the books are right: outgoing %i, internal %i', (number, outgoing, internal) => {
    expect(linesWith(number)).toEqual([
      ['outgoing', outgoing],
      ['internal', internal],
    ])
  })
})

describe('counters', () => {
  test.each(['offered', 'answered', 'abandoned'] as const)('a wrong %s is found', (name) => {
    const hotline = { ...COUNTS, [name]: COUNTS[name] + 1 }
    expect(fieldsOf({ ...books, today: { hotline } })).toEqual([
      `counter: ${name} ${COUNTS[name]} / ${COUNTS[name] + 1}`,
    ])
  })

  test('a queue that had no calls counts none', () => {
    const today = { hotline: COUNTS, 'hotline-tech': { offered: 1, answered: 0, abandoned: 0 } }
    expect(fieldsOf({ ...books, today })).toEqual(['counter: offered 0 / 1'])
  })
})
