import { describe, expect, test } from 'vitest'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { aWallAgent, aWallAlarm, aWallBoard } from '../test-support/wall-samples.ts'
import {
  agentsThere,
  alarmKey,
  alarmsShown,
  areRowsOld,
  codeInFragment,
  freeAgents,
  reduceWall,
  shortName,
  startWall,
  stripOf,
  toneOf,
  troubleOf,
} from './wall.ts'

const SENT = Date.parse(aWallBoard().sentAt)
/** This machine's clock is an hour behind. */
const HERE = SENT - 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()
const heard = (board = aWallBoard()) =>
  reduceWall(startWall(HERE - 500), { type: 'board', board }, HERE)

describe('what is wrong', () => {
  test('nothing while words come', () => {
    expect(troubleOf(heard(), HERE + 3_000)).toBeNull()
  })

  test('a socket that is lost for three seconds, as of the last word', () => {
    const lost = reduceWall(heard(), { type: 'lost' }, HERE + 1_000)
    const again = reduceWall(lost, { type: 'lost' }, HERE + 3_500)
    expect(troubleOf(again, HERE + 3_900)).toBeNull()
    expect(troubleOf(again, HERE + 4_000)).toEqual({ kind: 'service_away', since: SENT })
    expect(
      troubleOf(
        reduceWall(again, { type: 'board', board: aWallBoard() }, HERE + 5_000),
        HERE + 5_000,
      ),
    ).toBeNull()
  })

  test('a socket that stands and says nothing', () => {
    expect(troubleOf(heard(), HERE + 10_000)?.kind).toBe('service_away')
  })

  test('a PBX that is away, which is not the service', () => {
    const since = iso(SENT - 60_000)
    const pbx = [
      { pbxId: 'pbx1', link: 'connecting', since },
      { pbxId: 'pbx2', link: 'ready', since },
    ] as const
    const board = aWallBoard({ pbx: [...pbx] })
    expect(troubleOf(heard(board), HERE)).toEqual({
      kind: 'pbx_away',
      since: SENT - 60_000,
      pbxIds: ['pbx1'],
    })
  })

  test('a PBX that is connected and silent', () => {
    const board = aWallBoard({ asOf: iso(SENT - 39_000) })
    expect(troubleOf(heard(board), HERE)).toBeNull()
    expect(troubleOf(heard(board), HERE + 1_000)).toEqual({
      kind: 'pbx_silent',
      since: SENT - 39_000,
    })
  })

  test('figures of rows are old by themselves', () => {
    const board = aWallBoard({ promises: { late: 0, atRisk: 0, asOf: iso(SENT) } })
    expect([areRowsOld(board, SENT + 29_000), areRowsOld(board, SENT + 30_000)]).toEqual([
      false,
      true,
    ])
    expect(areRowsOld(aWallBoard({ promises: null }), SENT)).toBe(false)
  })

  test('a screen that is refused forgets what it showed', () => {
    expect(reduceWall(heard(), { type: 'refused' }, HERE)).toMatchObject({
      status: 'closed',
      board: null,
    })
  })
})

const calls = (change: Partial<typeof NO_CALLS>) =>
  aWallBoard({ today: { ...NO_CALLS, ...change } })
const waits = (seconds: number) =>
  aWallBoard({ waiting: 1, waitingSince: iso(SENT - seconds * 1_000) })
const promised = (late: number, atRisk: number) =>
  aWallBoard({ promises: { late, atRisk, asOf: iso(SENT) } })
const agents = (...states: Parameters<typeof aWallAgent>[1][]) =>
  states.map((state, at) => aWallAgent(`10${at}`, state))

test.each([
  ['nobody waits', 'waiting', aWallBoard({ waiting: 0 }), 'ok'],
  ['somebody does', 'waiting', aWallBoard({ waiting: 1 }), 'warn'],
  [
    'more than who could take them',
    'waiting',
    aWallBoard({ waiting: 3, agents: agents('in_call') }),
    'bad',
  ],
  ['nobody waits long', 'longest', aWallBoard({ waitingSince: null }), 'ok'],
  ['below the level', 'longest', waits(19), 'ok'],
  ['above it', 'longest', waits(20), 'warn'],
  ['a minute', 'longest', waits(60), 'bad'],
  ['somebody is free', 'free', aWallBoard({ agents: agents('ready', 'paused') }), 'ok'],
  ['nobody is, and nobody waits', 'free', aWallBoard({ agents: agents('in_call') }), 'warn'],
  [
    'nobody is, and somebody waits',
    'free',
    aWallBoard({ waiting: 1, agents: agents('in_call') }),
    'bad',
  ],
  ['nobody is there at all', 'free', aWallBoard({ agents: agents('unavailable') }), 'bad'],
  ['no call, no level', 'level', calls({}), 'calm'],
  ['80 %', 'level', calls({ offered: 10, withinLevel: 8 }), 'ok'],
  ['79 %', 'level', calls({ offered: 100, withinLevel: 79 }), 'warn'],
  ['59 %', 'level', calls({ offered: 100, withinLevel: 59 }), 'bad'],
  ['no call, nobody gave up', 'abandoned', calls({}), 'calm'],
  ['5 %', 'abandoned', calls({ offered: 20, abandoned: 1 }), 'ok'],
  ['10 %', 'abandoned', calls({ offered: 10, abandoned: 1 }), 'warn'],
  ['more', 'abandoned', calls({ offered: 9, abandoned: 1 }), 'bad'],
  ['not counted yet', 'promises', aWallBoard({ promises: null }), 'calm'],
  ['all in time', 'promises', promised(0, 0), 'ok'],
  ['at risk', 'promises', promised(0, 1), 'warn'],
  ['late', 'promises', promised(1, 0), 'bad'],
] as const)('%s: %s', (_, figure, board, tone) => {
  expect(toneOf(figure, board, SENT)).toBe(tone)
})

test('who is free is one of those whose phone is there', () => {
  const board = aWallBoard({ agents: agents('ready', 'paused', 'in_call', 'unavailable') })
  expect([freeAgents(board), agentsThere(board)]).toEqual([1, 3])
})

test.each([
  [0, 4, 0],
  [8, 4, 8],
  [9, 5, 9],
  [20, 5, 20],
  [28, 7, 28],
  [32, 8, 32],
  [33, 8, 31],
])('%d people stand in %d columns, %d of them by name', (count, columns, shown) => {
  expect(stripOf(count)).toEqual({ columns, shown })
})

test('the gravest alarms that nobody took stand beside the title, and those alone sound', () => {
  const alarms = [
    aWallAlarm('a', { isAcknowledged: true, severity: 'critical' }),
    aWallAlarm('c'),
    aWallAlarm('b', { severity: 'critical' }),
  ]
  const { shown, more } = alarmsShown(alarms)
  expect([shown.map(({ id }) => id), more]).toEqual([['b', 'c'], 1])
  expect([alarmKey(alarms), alarmKey(alarms.slice(0, 1))]).toEqual(['b c', ''])
})

test.each([
  ['Trần Lan', 'Trần Lan'],
  ['Nguyễn Thị Phương Thảo', 'N. T. P. Thảo'],
  ['Máy101BênPhảiCửaSổ', 'Máy101BênPhảiCửaSổ'],
])('%s is called %s', (name, short) => {
  expect(shortName(name)).toBe(short)
})

test.each([
  ['#code=K7QM-2XWD-9FHT-3RBN', 'K7QM-2XWD-9FHT-3RBN'],
  ['#code=', null],
  ['#other=1', null],
  ['', null],
])('a code in %j', (hash, code) => {
  expect(codeInFragment(hash)).toBe(code)
})
