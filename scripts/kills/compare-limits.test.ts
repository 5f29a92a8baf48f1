import { describe, expect, test } from 'vitest'
import { compareRun } from './compare.ts'
import type { BookCall, Books, RingRecord, Witness } from './evidence.ts'
import { at, bookCall, books, changed, customer, fieldsOf, witness } from './sample-run.ts'

const answeredAt = (seconds: number): Witness['customers'] =>
  witness.customers.map((one) =>
    one.number === '0910000007'
      ? { ...one, heard: [{ extension: '101', from: at(seconds), to: at(100) }] }
      : one,
  )

describe('when the PBX and the service were both down', () => {
  const lost = books.calls.filter(({ number }) => number !== '0910000007')
  const forgotten: Books = {
    ...books,
    calls: lost,
    tickets: books.tickets.filter(({ number }) => number !== '0910000007'),
    today: { hotline: { offered: 5, answered: 3, abandoned: 1 } },
  }

  test('a call that was answered in the last second may be missing, and is counted', () => {
    const seen = {
      ...witness,
      customers: answeredAt(99.2),
      listening: [{ from: at(-60), to: at(99) }],
    }
    const { differences, excused } = compareRun({ witness: seen, books: forgotten })
    expect(differences).toEqual([])
    expect(excused).toEqual([
      { call: 'pbx1-0910000007', why: 'answered in the last second before both were down' },
    ])
  })

  test('one that was answered earlier may not be missing', () => {
    const seen = {
      ...witness,
      customers: answeredAt(97),
      listening: [{ from: at(-60), to: at(96) }],
    }
    expect(fieldsOf(forgotten, seen)).toContain('cut while talking: call answered / none')
  })

  test('one that was answered while the service still listened may not be missing', () => {
    const seen = { ...witness, customers: answeredAt(99.2) }
    expect(fieldsOf(forgotten, seen)).toContain('cut while talking: call answered / none')
  })

  test('a call that is there but told wrongly is not excused', () => {
    const seen = {
      ...witness,
      customers: answeredAt(99.2),
      listening: [{ from: at(-60), to: at(99) }],
    }
    const wrong = changed('cut while talking', { outcome: 'abandoned' })
    expect(fieldsOf(wrong, seen)).toContain('cut while talking: outcome answered / abandoned')
  })
})

const deafFrom = (seconds: number, until = 300): Witness => ({
  ...witness,
  listening: [
    { from: at(-60), to: at(seconds) },
    { from: at(until), to: at(300) },
  ],
})
const whys = (seen: Witness, wrong: Books): string[] =>
  compareRun({ witness: seen, books: wrong }).excused.map(({ why }) => why)

const overAt = (seconds: number): Witness => ({
  ...deafFrom(50),
  customers: witness.customers.map((one) =>
    one.number === '0910000007' ? { ...one, endedBy: 'customer', endedAt: at(seconds) } : one,
  ),
})

describe('what only the phones know, because nobody listened when it happened', () => {
  test('the end of a call that a crash cut is counted apart, and nothing else of that call', () => {
    const wrong = changed('cut while talking', { talkSeconds: 20, waitSeconds: 9 })
    expect(whys(deafFrom(50), wrong)).toEqual([
      'its end fell into the last second before both were down (talk: 95 s by phones, 20 s)',
    ])
    expect(fieldsOf(wrong, deafFrom(50))).toEqual([
      'cut while talking: wait 5 s by queue_log / 9 s',
    ])
  })

  test('so is an end in the last second before the crash, and an earlier one is due', () => {
    const wrong = changed('cut while talking', { talkSeconds: 20 })
    expect(fieldsOf(wrong, overAt(99.5))).toEqual([])
    expect(fieldsOf(wrong, overAt(97))).toEqual(['answered: talk 92 s by phones / 20 s'])
  })

  test('who was handed a call that was over too is counted apart, but not after a blind transfer', () => {
    const wrong = changed('transferred', { agents: ['101'] })
    const deaf = deafFrom(11, 31)
    expect(fieldsOf(wrong, deaf)).toEqual(['transferred: agents 101 102 / 101'])
    const queueLog = deaf.queueLog.replace('BLINDTRANSFER|102|agents', 'ATTENDEDTRANSFER|BRIDGE|x')
    expect(whys({ ...deaf, queueLog }, wrong)).toEqual([
      'handed over and over while nobody listened (agents: 101 102, 101)',
    ])
    expect(fieldsOf(wrong, { ...deafFrom(11, 20), queueLog })).toHaveLength(1)
  })
})

const told = (call: BookCall): Books => ({ ...books, calls: [...books.calls, call] })

test('whom a full queue refused has a call without a queue, and is in no counter', () => {
  const record = customer('0910000020', { endedAt: at(4), endedBy: 'pbx' })
  const seen = { ...witness, customers: [...witness.customers, record] }
  const refused = bookCall('0910000020', {
    outcome: 'not_answered',
    queue: null,
    waitSeconds: 4,
    talkSeconds: null,
    ticketId: null,
    agents: [],
  })
  expect(fieldsOf(told(refused), seen)).toEqual([])
  expect(fieldsOf(told({ ...refused, queue: 'hotline' }), seen)).toEqual([
    'full queue: queue none / hotline',
  ])
  expect(fieldsOf(books, seen)).toEqual(['full queue: call not_answered / none'])
})

test('a call that a crash cut before the queue saw it leaves nothing', () => {
  const record = customer('0910000021', { placedAt: at(99.9), endedAt: at(100), endedBy: 'kill' })
  const seen = { ...witness, customers: [...witness.customers, record] }
  expect(fieldsOf(books, seen)).toEqual([])
  const invented = bookCall('0910000021', { outcome: 'unobserved', ticketId: null, agents: [] })
  expect(fieldsOf(told(invented), seen)).toContain('cut before the queue: call none / unobserved')
})

describe('callbacks', () => {
  const ring: RingRecord = {
    number: '0910000001',
    rangAt: at(40),
    answeredAt: at(41),
    endedAt: at(46),
    heard: [{ extension: '101', from: at(41), to: at(46) }],
  }
  const kept = { number: '0910000001', status: 'done', attempts: ['reached'] }
  const talk = bookCall('0910000001', {
    id: 'cb',
    uniqueid: 'cb-1',
    direction: 'callback',
    talkSeconds: 5,
  })
  const seen = { ...witness, rings: [ring], promised: ['0910000001'] }
  const right = { ...books, promises: [kept], calls: [...books.calls, talk] }

  test('one that reached the customer once is right', () => {
    expect(fieldsOf(right, seen)).toEqual([])
  })

  test.each([
    ['the customer was called twice', [ring, ring], kept, 'callback: reached 2 / 1'],
    ['nobody was called', [], kept, 'callback: reached 0 / 1'],
    [
      'the promise is still open',
      [ring],
      { ...kept, status: 'scheduled' },
      'callback: kept true / false',
    ],
    [
      'the customer was called without an attempt',
      [ring],
      { ...kept, attempts: [] },
      'callback: called at most once per attempt true / false',
    ],
  ])('%s is found', (_, rings, promise, difference) => {
    const wrong = { ...right, promises: [promise] }
    expect(fieldsOf(wrong, { ...seen, rings })).toContain(difference)
  })

  test('one that the PBX was killed under while nobody listened may be tried again', () => {
    const cut = {
      ...ring,
      answeredAt: at(98),
      endedAt: at(100),
      heard: [{ extension: '101', from: at(98), to: at(100) }],
    }
    const again = { ...right, promises: [{ ...kept, attempts: ['pbx_lost', 'reached'] }] }
    const deaf = { ...seen, rings: [cut, ring], listening: [{ from: at(-60), to: at(97) }] }
    expect(fieldsOf(again, deaf)).toEqual([])
    expect(fieldsOf(again, { ...seen, rings: [cut, ring] })).toContain('callback: reached 2 / 1')
  })

  test('a wrong talk time is found', () => {
    const wrong = { ...right, calls: [...books.calls, { ...talk, talkSeconds: 9 }] }
    expect(fieldsOf(wrong, seen)).toEqual(['callback: talk 5 s by phones / 9 s'])
  })
})
