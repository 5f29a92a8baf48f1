import { expect, test } from 'vitest'
import { judgeSignIn, judgeVersion } from './judge-access.ts'
import {
  judgeClasses,
  judgeFilter,
  judgeTags,
  judgeTimestamps,
  WANTED_EVENTS,
} from './judge-events.ts'
import {
  judgeCallbacks,
  judgeClock,
  judgeContexts,
  judgeDialplan,
  judgeQueue,
  judgeRecordings,
  judgeTestCall,
  judgeTransfers,
  judgeWrapUp,
} from './judge-pbx.ts'

test.each([
  ['22.10.1', 'right'],
  ['22.11.0', 'right'],
  ['20.20.1', 'right'],
  ['22.10.0', 'wrong'],
  ['20.9.2', 'wrong'],
  ['21.4.0', 'wrong'],
  ['18.24.2', 'wrong'],
  ['23.0.0', 'look'],
  ['GIT-master', 'look'],
  [null, 'look'],
])('version %s is %s', (version, status) => {
  expect(judgeVersion(version).status).toBe(status)
})

test.each([
  [-1_900, 'right'],
  [2_000, 'right'],
  [2_001, 'wrong'],
  [-86_400_000, 'wrong'],
  [null, 'look'],
])('a clock that is %s ms ahead is %s', (offset, status) => {
  expect(judgeClock(offset).status).toBe(status)
})

test('a queue: absent, empty, with members, with members that no agent owns', () => {
  expect(judgeQueue('hotline', []).status).toBe('wrong')
  expect(hotlineWith().status).toBe('right')
  expect(hotlineWith('PJSIP/101').status).toBe('right')
  expect(hotlineWith('PJSIP/101', 'Local/9@x').status).toBe('look')
})

test('a dialplan that may not be listed is to be looked at, one with gaps is wrong', () => {
  expect(judgeContexts(new Map([['hotline', 'denied']])).status).toBe('look')
  expect(judgeContexts(new Map([['hotline', 'absent']])).status).toBe('wrong')
})

test('a dialplan that is too old or cannot be asked is wrong', () => {
  expect([11, 10, 5, 3, 1, null].map((version) => judgeDialplan(version, false).status)).toEqual([
    'right',
    'look',
    'look',
    'look',
    'wrong',
    'wrong',
  ])
})

test('one that asks nobody to confirm is to be looked at where CALLBACK_CONFIRM is on', () => {
  expect([11, 9, 3, 1].map((version) => judgeDialplan(version, true).status)).toEqual([
    'right',
    'look',
    'look',
    'wrong',
  ])
  expect(judgeDialplan(9, true).fix).toContain('may ring a customer twice')
  expect(judgeDialplan(3, true).fix).toContain('CALLBACK_CONFIRM=off')
  expect(judgeDialplan(4, true).fix).toContain('no callback instead of waiting')
  expect(judgeDialplan(5, true).fix).toContain('does not know the calling hours')
})

function saidOfCallbacks(...seen: Parameters<typeof judgeCallbacks>): string {
  const { status, what } = judgeCallbacks(...seen)
  return `${status}: ${what}`
}

test('callbacks follow what administrators saved, and CALLBACK_* until then', () => {
  const hours = { hoursFrom: '07:00', hoursTo: '21:30' }
  const first = { ...hours, delayMinutes: 30, retries: 2, customerFirstQueue: null }
  expect(saidOfCallbacks(first, { saved: null })).toMatch(
    /^right: .* from 07:00 to 21:30, .*\(CALLBACK_\*\)$/,
  )
  const saved = { ...first, hoursFrom: '08:00', retries: 0 }
  expect(saidOfCallbacks(first, { saved })).toMatch(
    /^right: .* from 08:00 to 21:30, and never again .*saved by administrators; CALLBACK_\* do not count/,
  )
  expect(saidOfCallbacks(first, { because: 'no such table: setting' })).toMatch(
    /^look: .* no such table/,
  )
})

test.each(['unset', 'readable', 'absent', 'unreadable'] as const)('recordings: %s', (seen) => {
  const expected = { unset: 'look', readable: 'right', absent: 'wrong', unreadable: 'wrong' }
  expect(judgeRecordings('/recordings', seen).status).toBe(expected[seen])
})

test('a test call: ringing is enough, busy is to be tried again, nothing is wrong', () => {
  expect(judgeTestCall('101', { outcome: 'rang' }).status).toBe('right')
  expect(judgeTestCall('101', { outcome: 'busy' }).status).toBe('look')
  expect(judgeTestCall('101', { outcome: 'not_placed', because: 'x' }).status).toBe('wrong')
})

test('missing classes name the filter lines to add', () => {
  const finding = judgeClasses('tracker', {
    names: ['FullyBooted'],
    hasTimestamps: true,
    hasTags: true,
  })
  expect(finding.fix).toContain('eventfilter(name(QueueMemberAdded)) =')
})

test('timestamps: right, missing, not to be seen', () => {
  const findings = [true, false, null].map((hasTimestamps) =>
    judgeTimestamps({ names: [], hasTimestamps, hasTags: true }),
  )
  expect(findings.map(({ status }) => status)).toEqual(['right', 'wrong', 'look'])
})

const judge = (hasTags: boolean | null, dialplanTags: boolean) =>
  judgeTags({ names: [], hasTimestamps: true, hasTags }, dialplanTags).status

test('tags: sent, not sent by AMI, not set by the dialplan, not to be seen', () => {
  expect([judge(true, true), judge(false, true), judge(true, false), judge(null, true)]).toEqual([
    'right',
    'wrong',
    'look',
    'look',
  ])
})

test('the filter is judged for certain only after a call', () => {
  const heard = { names: [...WANTED_EVENTS], hasTimestamps: true, hasTags: true }
  expect(judgeFilter('t', heard, true).status).toBe('right')
  expect(judgeFilter('t', heard, false).status).toBe('look')
  expect(judgeFilter('t', { ...heard, names: ['VarSet'] }, false).status).toBe('wrong')
})

test('an unreachable PBX says what to open', () => {
  const finding = judgeSignIn('t', '192.0.2.1:5038', { outcome: 'unreachable', because: 'refused' })
  expect(finding).toMatchObject({ status: 'wrong', fix: expect.stringContaining('bindaddr') })
})

function hotlineWith(...members: string[]) {
  return judgeQueue('hotline', [{ name: 'hotline', members }])
}

test('customers are transferred in the page from version 8 of the dialplan on', () => {
  expect([8, 7, null].map((version) => judgeTransfers(version).status)).toEqual([
    'right',
    'look',
    'look',
  ])
})

test.each([
  ['10', 10, 'right'],
  ['0', 0, 'right'],
  ['', 0, 'right'],
  ['30', 10, 'wrong'],
  ['0', 10, 'wrong'],
  ['', 10, 'look'],
  [null, 10, 'look'],
  ['ten', 10, 'look'],
])('wrapuptime %j of the queue beside WRAP_UP_SECONDS %i is %s', (told, seconds, status) => {
  expect(judgeWrapUp('hotline', told, seconds).status).toBe(status)
})
