import { describe, expect, test } from 'vitest'
import { compareRun } from './compare.ts'
import type { BookCall, Books, CustomerRecord, RingRecord, Witness } from './evidence.ts'

const NOON = 1_795_780_800_000
const at = (seconds: number): number => NOON + seconds * 1000
const line = (seconds: number, id: string, ...rest: (string | number)[]): string =>
  [at(seconds) / 1000, id, 'hotline', ...rest].join('|')

function customer(number: string, change: Partial<CustomerRecord>): CustomerRecord {
  const plain = { index: 1, number, intent: 'plain', dialled: '19000382', placedAt: at(0) } as const
  const rest = {
    upAt: at(0),
    endedAt: at(30),
    endedBy: 'customer',
    isHeld: false,
    heard: [],
  } as const
  return { ...plain, ...rest, heard: [], ...change }
}

function bookCall(number: string, change: Partial<BookCall>): BookCall {
  return {
    id: `call ${number}`,
    uniqueid: `pbx1-${number}`,
    direction: 'inbound',
    outcome: 'answered',
    queue: 'hotline',
    number,
    waitSeconds: 5,
    talkSeconds: 25,
    recovered: false,
    ticketId: `ticket ${number}`,
    agents: ['101'],
    ...change,
  }
}

const ticketOf = (number: string, assignee = '101') => ({
  id: `ticket ${number}`,
  code: `KN-${number}`,
  number,
  assignee,
})

/** One call of each kind: what the witnesses wrote, and what is right in the books. */
const SAMPLES = {
  answered: {
    log: [
      line(0, 'pbx1-0910000001', 'NONE', 'ENTERQUEUE', '', '0910000001', 1),
      line(5, 'pbx1-0910000001', '101', 'CONNECT', 5, 'pbx1-9', 2),
      line(30, 'pbx1-0910000001', '101', 'COMPLETEAGENT', 5, 25, 1),
    ],
    record: customer('0910000001', { heard: [{ extension: '101', from: at(5), to: at(30) }] }),
    call: bookCall('0910000001', {}),
    tickets: [ticketOf('0910000001')],
  },
  transferred: {
    log: [
      line(0, 'pbx1-0910000002', 'NONE', 'ENTERQUEUE', '', '0910000002', 1),
      line(5, 'pbx1-0910000002', '101', 'CONNECT', 5, 'pbx1-9', 2),
      line(10, 'pbx1-0910000002', '101', 'BLINDTRANSFER', '102', 'agents', 5, 5, 1),
    ],
    record: customer('0910000002', {
      heard: [
        { extension: '101', from: at(5), to: at(10) },
        { extension: '102', from: at(12), to: at(30) },
      ],
    }),
    call: bookCall('0910000002', { agents: ['101', '102'] }),
    tickets: [ticketOf('0910000002')],
  },
  'picked up': {
    log: [
      line(0, 'pbx1-0910000003', 'NONE', 'ENTERQUEUE', '', '0910000003', 1),
      line(5, 'pbx1-0910000003', '101', 'CONNECT', 5, 'pbx1-9', 2),
      line(30, 'pbx1-0910000003', '101', 'COMPLETEAGENT', 5, 25, 1),
    ],
    record: customer('0910000003', { heard: [{ extension: '103', from: at(5.2), to: at(30) }] }),
    call: bookCall('0910000003', { agents: ['103'] }),
    tickets: [ticketOf('0910000003', '103')],
  },
  direct: {
    log: [],
    record: customer('0910000004', {
      dialled: '02473000104',
      heard: [{ extension: '104', from: at(4), to: at(30) }],
    }),
    call: bookCall('0910000004', { queue: null, waitSeconds: 4, talkSeconds: 26, agents: ['104'] }),
    tickets: [ticketOf('0910000004', '104')],
  },
  abandoned: {
    log: [
      line(0, 'pbx1-0910000005', 'NONE', 'ENTERQUEUE', '', '0910000005', 1),
      line(7, 'pbx1-0910000005', 'NONE', 'ABANDON', 1, 1, 7),
    ],
    record: customer('0910000005', { endedAt: at(7) }),
    call: bookCall('0910000005', {
      outcome: 'abandoned',
      waitSeconds: 7,
      talkSeconds: null,
      ticketId: null,
      agents: [],
    }),
    tickets: [],
  },
  'timed out': {
    log: [
      line(0, 'pbx1-0910000006', 'NONE', 'ENTERQUEUE', '', '0910000006', 1),
      line(12, 'pbx1-0910000006', 'NONE', 'EXITWITHTIMEOUT', 1, 1, 12),
    ],
    record: customer('0910000006', { endedAt: at(16), endedBy: 'pbx' }),
    call: bookCall('0910000006', {
      outcome: 'timeout',
      waitSeconds: 16,
      talkSeconds: null,
      ticketId: null,
      agents: [],
    }),
    tickets: [],
  },
  'cut while talking': {
    log: [
      line(0, 'pbx1-0910000007', 'NONE', 'ENTERQUEUE', '', '0910000007', 1),
      line(5, 'pbx1-0910000007', '101', 'CONNECT', 5, 'pbx1-9', 2),
    ],
    record: customer('0910000007', {
      endedAt: at(100),
      endedBy: 'kill',
      heard: [{ extension: '101', from: at(5), to: at(100) }],
    }),
    call: bookCall('0910000007', { talkSeconds: 95 }),
    tickets: [ticketOf('0910000007')],
  },
}
type Kind = keyof typeof SAMPLES
const KINDS: Kind[] = [
  'answered',
  'transferred',
  'picked up',
  'direct',
  'abandoned',
  'timed out',
  'cut while talking',
]
const COUNTS = { offered: 6, answered: 4, abandoned: 1 }

const witness: Witness = {
  customers: KINDS.map((kind) => SAMPLES[kind].record),
  rings: [],
  staff: [],
  promised: [],
  queueLog: KINDS.flatMap((kind) => SAMPLES[kind].log).join('\n'),
  listening: [{ from: at(-60), to: at(300) }],
  pbxDown: [{ from: at(100), to: at(104) }],
}

const books: Books = {
  calls: KINDS.map((kind) => SAMPLES[kind].call),
  tickets: KINDS.flatMap((kind) => SAMPLES[kind].tickets),
  promises: [],
  today: { hotline: COUNTS },
}

const changed = (kind: Kind, change: Partial<BookCall>): Books => ({
  ...books,
  calls: books.calls.map((call) => (call === SAMPLES[kind].call ? { ...call, ...change } : call)),
})

const fieldsOf = (wrong: Books, seen = witness): string[] =>
  compareRun({ witness: seen, books: wrong }).differences.map(
    ({ kind, field, expected, found }) => `${kind}: ${field} ${expected} / ${found}`,
  )

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

describe('what only the phones know, because nobody listened when it happened', () => {
  test('the end of a call that a crash cut is counted apart, and nothing else of that call', () => {
    const wrong = changed('cut while talking', { talkSeconds: 20, waitSeconds: 9 })
    expect(whys(deafFrom(50), wrong)).toEqual([
      'its end fell while both were down (talk: 95 s by phones, 20 s)',
    ])
    expect(fieldsOf(wrong, deafFrom(50))).toEqual([
      'cut while talking: wait 5 s by queue_log / 9 s',
    ])
  })

  test('who came second is counted apart when the call was over too, and is due when it was not', () => {
    const wrong = changed('transferred', { agents: ['101'] })
    expect(whys(deafFrom(11, 31), wrong)).toEqual([
      'passed on and over while nobody listened (agents: 101 102, 101)',
    ])
    expect(fieldsOf(wrong, deafFrom(11, 20))).toEqual(['transferred: agents 101 102 / 101'])
  })
})

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
  const told = (call: BookCall): Books => ({ ...books, calls: [...books.calls, call] })
  expect(fieldsOf(told(refused), seen)).toEqual([])
  expect(fieldsOf(told({ ...refused, queue: 'hotline' }), seen)).toEqual([
    'full queue: queue none / hotline',
  ])
  expect(fieldsOf(books, seen)).toEqual(['full queue: call not_answered / none'])
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
