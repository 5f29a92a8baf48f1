import { describe, expect, test } from 'vitest'
import type { MemberState } from '#contract/queues.ts'
import {
  type AgentReach,
  barredBy,
  canBeRung,
  choosePbx,
  type DialSituation,
  planDials,
  secondsGood,
} from './dial-decision.ts'

function anAgent(given: Partial<AgentReach> & { device?: MemberState | null } = {}): AgentReach {
  const { device = 'ready', ...rest } = given
  return {
    staffId: 'mai',
    extension: '101',
    wanted: { state: 'ready', reason: null },
    member: device === null ? null : { pbxId: 'pbx1', state: device },
    ...rest,
  }
}

const ready = { state: 'ready', reason: null } as const
const lunch = { state: 'paused', reason: 'lunch' } as const
const promises = { state: 'paused', reason: 'back_office' } as const
const offline = { state: 'offline', reason: null } as const

describe('who is rung', () => {
  test.each([
    // wanted, device, by the clock, when asked for
    [ready, 'ready', true, true],
    [ready, 'wrap_up', true, true],
    [ready, 'in_call', false, false],
    [ready, 'ringing', false, false],
    [ready, 'unavailable', false, true],
    [ready, null, false, true],
    [promises, 'paused', true, true],
    [lunch, 'paused', false, true],
    [offline, null, false, true],
  ] as const)('wants %o, phone %s: due %s, asked %s', (wanted, device, due, asked) => {
    const agent = anAgent({ wanted, device })
    expect([canBeRung(agent, false), canBeRung(agent, true)]).toEqual([due, asked])
  })
})

describe('through which PBX', () => {
  test.each([
    ['the one that shows the phone', anAgent(), ['pbx0', 'pbx1'], 'pbx1'],
    ['none when that one is away', anAgent(), ['pbx0'], null],
    ['the first ready one for an unseen phone', anAgent({ device: null }), ['pbx0'], 'pbx0'],
    ['none when none is ready', anAgent({ device: null }), [], null],
  ])('%s', (_name, agent, ready_, pbxId) => {
    expect(choosePbx(agent, ready_)).toBe(pbxId)
  })
})

describe('what of the PBXs keeps an agent from being rung', () => {
  const both = { all: ['pbx1', 'pbx2'], connected: ['pbx1', 'pbx2'], mayDial: ['pbx1', 'pbx2'] }
  const without = (pbxId: string) => {
    const others = both.all.filter((one) => one !== pbxId)
    return { ...both, connected: others, mayDial: others }
  }
  test.each([
    ['nothing while all is well', anAgent(), both, null],
    ['the PBX of their phone is away', anAgent(), without('pbx1'), 'pbx'],
    ['another one is away', anAgent(), without('pbx2'), null],
    [
      'registered nowhere that can be seen',
      anAgent({ device: 'unavailable' }),
      without('pbx2'),
      'pbx',
    ],
    ['registered nowhere', anAgent({ device: 'unavailable' }), both, null],
    ['its dialplan is too old', anAgent(), { ...both, mayDial: ['pbx2'] }, 'dialplan'],
    ['a member of nothing', anAgent({ device: null }), without('pbx1'), null],
  ] as const)('%s', (_name, agent, pbxs, by) => {
    expect(barredBy(agent, pbxs)).toBe(by)
  })
})

describe('what is dialled now', () => {
  const agents = new Map([
    ['mai', anAgent()],
    ['lan', anAgent({ staffId: 'lan', extension: '102', device: 'in_call' })],
    ['hoa', anAgent({ staffId: 'hoa', extension: '103' })],
  ])
  const due = [
    { id: 'newer', assigneeId: 'mai', dueAt: '2026-11-23T02:10:00.000Z' },
    { id: 'older', assigneeId: 'mai', dueAt: '2026-11-23T02:00:00.000Z' },
    { id: 'busy', assigneeId: 'lan', dueAt: '2026-11-23T01:00:00.000Z' },
    { id: 'other', assigneeId: 'hoa', dueAt: '2026-11-23T02:05:00.000Z' },
    { id: 'gone', assigneeId: 'nobody', dueAt: '2026-11-23T00:05:00.000Z' },
  ]
  const FREE: DialSituation = {
    agents,
    readyPbxIds: ['pbx1'],
    busyExtensions: [],
    busyNumbers: [],
  }
  const dialled = (
    asked: string[],
    seen: Partial<DialSituation> = {},
    mayCall = true,
    urgent = '',
  ) =>
    planDials(
      due.map((promise) => ({
        number: promise.id,
        priority: promise.id === urgent ? ('high' as const) : ('normal' as const),
        mayCall,
        ...promise,
        isAsked: asked.includes(promise.id),
      })),
      { ...FREE, ...seen },
    ).map((dial) => dial.callbackId)

  test('one promise per free agent, the oldest first', () => {
    expect(dialled([])).toEqual(['older', 'other'])
  })

  test('one of an urgent ticket goes before an older one', () => {
    expect(dialled([], {}, true, 'newer')).toEqual(['newer', 'other'])
  })

  test('what the agent asked for goes before older promises', () => {
    expect(dialled(['newer'])).toEqual(['newer', 'other'])
  })

  test('nothing to a phone that an attempt has already, asked for or not', () => {
    expect(dialled(['newer'], { busyExtensions: ['101'] })).toEqual(['other'])
  })

  test('nothing to a customer who is on the line or being called, asked for or not', () => {
    const seen = { busyNumbers: ['older'] }
    expect([dialled([], seen), dialled(['older'], seen)]).toEqual([
      ['other', 'newer'],
      ['other', 'newer'],
    ])
  })

  test('one promise per customer, the older one', () => {
    const same = { number: 'same', isAsked: false, mayCall: true, priority: null }
    const twice = due.map((promise) => ({ ...promise, ...same }))
    expect(planDials(twice, FREE).map((dial) => dial.callbackId)).toEqual(['older'])
  })

  test('outside the calling hours only what its agent asks for', () => {
    expect(dialled(['newer'], {}, false)).toEqual(['newer'])
  })

  test('nothing without a PBX', () => {
    expect(dialled([], { readyPbxIds: [] })).toEqual([])
  })
})

test.each([
  ['2026-11-23T02:00:00.000Z', 55],
  ['2026-11-23T02:00:05.000Z', 50],
  // What was known of phones and customers is old.
  ['2026-11-23T02:00:06.000Z', 0],
  // Set back meanwhile: nobody knows how long it was.
  ['2026-11-23T01:00:00.000Z', 0],
])('an order of 02:00 that is good for 55 s is so at %s for %i s more', (at, seconds) => {
  expect(secondsGood(55, '2026-11-23T02:00:00.000Z', Date.parse(at))).toBe(seconds)
})
