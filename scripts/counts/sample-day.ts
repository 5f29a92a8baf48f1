import type { CustomerRecord, RingRecord } from '../kills/evidence.ts'
import { at, customer } from '../kills/sample-run.ts'
import type { Board, BoardMember, BoardQueue } from './compare.ts'
import type { CountWitness } from './count.ts'

/** The notice of the sample day takes a second. */
export const NOTICE_MS = 1_000

type Lines = readonly (readonly [seconds: number, ...rest: (string | number)[]])[]

/** One who called, and what queue_log has of it; seconds are of the sample day. */
type Call = { readonly record: CustomerRecord; readonly log: Lines }

function call(number: string, change: Partial<CustomerRecord>, log: Lines): Call {
  return {
    record: customer(number, change),
    log: log.map(([when, ...rest]) => [when, number, ...rest]),
  }
}

function entry(seconds: number, number: string) {
  return [seconds, 'hotline', 'NONE', 'ENTERQUEUE', '', number, 1] as const
}

function heard(extension: string, from: number, to: number) {
  return { extension, from: at(from), to: at(to) }
}

/** One call of each fate; each begins at 0 and joins the queue after a second. */
export const DAY = {
  answered: call('0910000001', { heard: [heard('101', 5.2, 30)], endedAt: at(30) }, [
    entry(1, '0910000001'),
    [5, 'hotline', '101', 'CONNECT', 4, 'x', 2],
    [30, 'hotline', '101', 'COMPLETECALLER', 4, 25, 1],
  ]),
  held: call(
    '0910000002',
    {
      heard: [heard('101', 24, 30), heard('101', 40, 50)],
      holds: [{ extension: '101', from: at(30), to: at(40) }],
      endedAt: at(50),
    },
    [entry(1, '0910000002'), [24, 'hotline', '101', 'CONNECT', 23, 'x', 2]],
  ),
  transferred: call('0910000003', { heard: [heard('101', 9, 20), heard('102', 25, 65)] }, [
    entry(1, '0910000003'),
    [9, 'hotline', '101', 'CONNECT', 8, 'x', 2],
    [20, 'hotline', '101', 'BLINDTRANSFER', '8001', 'agents', 8, 11, 1],
    [20, 'hotline-tech', 'NONE', 'ENTERQUEUE', '', '0910000003', 1],
    [25, 'hotline-tech', '102', 'CONNECT', 5, 'x', 2],
  ]),
  pickedUp: call('0910000004', { heard: [heard('102', 66, 70)], endedAt: at(70) }, [
    entry(1, '0910000004'),
    [66, 'hotline', '101', 'CONNECT', 65, 'x', 2],
  ]),
  direct: call(
    '0910000005',
    { dialled: '02473000101', heard: [heard('101', 3, 8)], endedAt: at(8) },
    [],
  ),
  sent: call('0910000006', { sentTo: '102', heard: [heard('102', 12, 20)], endedAt: at(20) }, [
    entry(1, '0910000006'),
    [6, 'hotline', 'NONE', 'WITHDRAW', 1, 1, 5, 'agent-102'],
  ]),
  sentBack: call('0910000007', { isSentBack: true, heard: [heard('101', 14, 20)] }, [
    entry(1, '0910000007'),
    [6, 'hotline', 'NONE', 'WITHDRAW', 1, 1, 5, 'agent-102'],
    [8, 'hotline', 'NONE', 'ENTERQUEUE', '', '0910000007', 1],
    [14, 'hotline', '101', 'CONNECT', 6, 'x', 2],
  ]),
  short: call('0910000008', { endedAt: at(4.5) }, [
    entry(1, '0910000008'),
    [4, 'hotline', 'NONE', 'ABANDON', 1, 1, 3],
  ]),
  long: call('0910000009', { endedAt: at(9) }, [
    entry(1, '0910000009'),
    [9, 'hotline', 'NONE', 'ABANDON', 1, 1, 8],
  ]),
  gaveUpWhileSent: call('0910000010', { sentTo: '102', endedAt: at(15) }, [
    entry(1, '0910000010'),
    [6, 'hotline', 'NONE', 'WITHDRAW', 1, 1, 5, 'agent-102'],
  ]),
  timedOut: call('0910000011', { endedAt: at(32), endedBy: 'pbx' }, [
    entry(1, '0910000011'),
    [31, 'hotline', 'NONE', 'EXITWITHTIMEOUT', 1, 1, 30],
  ]),
  asked: call('0910000012', { askedAt: at(4), endedAt: at(5) }, [
    entry(1, '0910000012'),
    [4, 'hotline', 'NONE', 'EXITWITHKEY', '1', 1, 1, 3],
  ]),
  leftInNotice: call('0910000013', { endedAt: at(0.5) }, []),
  fullQueue: call('0910000014', { endedAt: at(6), endedBy: 'pbx' }, []),
} as const

/** The place of who asked, an agent who consulted in a queue, and a call of our own: none of them callers. */
const OTHERS = [
  `${at(5) / 1000}|pl-1|hotline|NONE|ENTERQUEUE||0910000012|1`,
  `${at(6) / 1000}|pl-1|hotline|102|CONNECT|1|x|1`,
  `${at(7) / 1000}|pbx1-99|hotline-tech|NONE|ENTERQUEUE||101|1`,
  `${at(8) / 1000}|pbx1-99|hotline-tech|NONE|ABANDON|1|1|1`,
]

/** Customers' phones that we rang: of the place, of a promise, and one that an agent dialled by hand. */
const RINGS: readonly RingRecord[] = ['0910000012', '0910000001', '0910000077'].map((number) => ({
  number,
  rangAt: at(100),
  answeredAt: at(101),
  endedAt: at(105),
  heard: [heard('102', 101, 105)],
}))

/** What the witnesses wrote of some calls of the sample day. */
export function witnessOf(calls: readonly Call[] = Object.values(DAY)): CountWitness {
  const lines = calls.flatMap(({ log }) =>
    log.map(([seconds, number, ...rest]) =>
      [at(seconds) / 1000, `pbx1-${number}`, ...rest].join('|'),
    ),
  )
  return {
    customers: calls.map(({ record }) => record),
    rings: RINGS,
    pickups: [{ extension: '102', upAt: at(66) }],
    promised: ['0910000001'],
    queueLog: [...lines, ...OTHERS].join('\n'),
    noticeMs: NOTICE_MS,
  }
}

/** What the board must show of the sample day. */
export const RIGHT_QUEUE: BoardQueue = {
  entered: 13,
  offered: 11,
  answered: 6,
  abandoned: 3,
  short: 1,
  timedOut: 1,
  asked: 1,
  withinLevel: 4,
  withinService: 5,
  waitSeconds: 4 + 23 + 8 + 65 + 11 + 13,
  handled: 6,
  talkSeconds: 25 + 16 + 51 + 4 + 8 + 6,
  holdSeconds: 10,
  waits: [1, 1, 2, 1, 0, 1, 0, 0],
}

export const RIGHT_MEMBERS: Readonly<Record<string, BoardMember>> = {
  '101': {
    taken: 5,
    handled: 5,
    talkSeconds: 25 + 16 + 11 + 5 + 6,
    holdSeconds: 10,
    lastCallAt: at(50) / 1000,
  },
  '102': {
    taken: 3,
    handled: 5,
    talkSeconds: 40 + 4 + 8 + 4 + 4,
    holdSeconds: 0,
    lastCallAt: at(105) / 1000,
  },
}

/** The board as it is right, with some figures changed. */
export function boardWith(
  queue: Partial<BoardQueue> = {},
  members: Readonly<Record<string, BoardMember>> = RIGHT_MEMBERS,
): Board {
  return {
    queues: new Map([['hotline', { ...RIGHT_QUEUE, ...queue }]]),
    members: new Map(Object.entries(members)),
  }
}
