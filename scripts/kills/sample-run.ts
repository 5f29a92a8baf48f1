import { compareRun } from './compare.ts'
import type { BookCall, Books, BookTicket, CustomerRecord, Witness } from './evidence.ts'

const NOON = 1_795_780_800_000

/** An instant of the sample run. */
export function at(seconds: number): number {
  return NOON + seconds * 1000
}

function line(seconds: number, id: string, ...rest: (string | number)[]): string {
  return [at(seconds) / 1000, id, 'hotline', ...rest].join('|')
}

/** A customer's record that tells of nothing but a call of thirty seconds. */
export function customer(number: string, change: Partial<CustomerRecord>): CustomerRecord {
  const plain = { index: 1, number, intent: 'plain', dialled: '19000382', placedAt: at(0) } as const
  const rest = {
    upAt: at(0),
    endedAt: at(30),
    endedBy: 'customer',
    askedAt: null,
    sentTo: null,
    isSentBack: false,
    heard: [],
  } as const
  return { ...plain, ...rest, holds: [], heard: [], ...change }
}

/** A call as the books tell it, answered by 101 after 5 s for 25 s. */
export function bookCall(number: string, change: Partial<BookCall>): BookCall {
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

/** The ticket of a number. */
export function ticketOf(number: string, assignee = '101'): BookTicket {
  return { id: `ticket ${number}`, code: `KN-${number}`, number, assignee }
}

/** One call of each kind: what the witnesses wrote, and what is right in the books. */
export const SAMPLES = {
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
export type Kind = keyof typeof SAMPLES
export const KINDS: Kind[] = [
  'answered',
  'transferred',
  'picked up',
  'direct',
  'abandoned',
  'timed out',
  'cut while talking',
]
export const COUNTS = { offered: 6, answered: 4, abandoned: 1 }

export const witness: Witness = {
  customers: KINDS.map((kind) => SAMPLES[kind].record),
  rings: [],
  staff: [],
  promised: [],
  queueLog: KINDS.flatMap((kind) => SAMPLES[kind].log).join('\n'),
  listening: [{ from: at(-60), to: at(300) }],
  pbxDown: [{ from: at(100), to: at(104) }],
}

export const books: Books = {
  calls: KINDS.map((kind) => SAMPLES[kind].call),
  tickets: KINDS.flatMap((kind) => SAMPLES[kind].tickets),
  promises: [],
  today: { hotline: COUNTS },
}

/** The right books but for one call. */
export function changed(kind: Kind, change: Partial<BookCall>): Books {
  const calls = books.calls.map((call) =>
    call === SAMPLES[kind].call ? { ...call, ...change } : call,
  )
  return { ...books, calls }
}

/** The differences in short: `answered: wait 5 s by queue_log / 7 s`. */
export function fieldsOf(wrong: Books, seen = witness): string[] {
  return compareRun({ witness: seen, books: wrong }).differences.map(
    ({ kind, field, expected, found }) => `${kind}: ${field} ${expected} / ${found}`,
  )
}
