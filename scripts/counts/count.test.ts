import { expect, test } from 'vitest'
import { countDay } from './count.ts'
import { at } from '../kills/sample-run.ts'
import { DAY, witnessOf } from './sample-day.ts'

const FATES = {
  answered: 'answered',
  held: 'held',
  transferred: 'transferred',
  pickedUp: 'picked up',
  direct: 'direct',
  sent: 'sent by a supervisor',
  sentBack: 'sent, refused, answered',
  short: 'abandoned, short',
  long: 'abandoned, long',
  gaveUpWhileSent: 'abandoned, long',
  timedOut: 'timed out',
  asked: 'virtual hold',
  leftInNotice: 'left in the notice',
  fullQueue: 'full queue',
} as const satisfies Record<keyof typeof DAY, string>

test.each(Object.entries(DAY))('the witnesses tell of a call: %s', (name, call) => {
  const { fates } = countDay(witnessOf([call]))
  const expected = new Map<string, string>(Object.entries(FATES)).get(name)
  expect([...fates.keys()].filter((fate) => fate !== 'callback')).toEqual([expected])
})

test('a call counts in the queue of first entry alone; an agent who consults in a queue counts nowhere', () => {
  const { queues } = countDay(witnessOf([DAY.transferred]))
  expect([...queues.keys()]).toEqual(['hotline'])
})

test('a direct call counts in no queue, and for the phone that took it', () => {
  const { queues, members } = countDay({ ...witnessOf([DAY.direct]), rings: [] })
  expect([...queues.keys()]).toEqual([])
  expect(members.get('101')).toMatchObject({ taken: { best: 1 }, handled: { best: 1 } })
})

test('of a call that was picked up the phone that was heard took it, not the one that rang', () => {
  const { members } = countDay({ ...witnessOf([DAY.pickedUp]), rings: [] })
  expect([...members.keys()]).toEqual(['102'])
})

test('of one that was picked up as the customer hung up, too', () => {
  const record = { ...DAY.pickedUp.record, heard: [] }
  const { members } = countDay({ ...witnessOf([{ ...DAY.pickedUp, record }]), rings: [] })
  expect([...members.keys()]).toEqual(['102'])
  const talked = { ...DAY.direct.record, heard: [{ extension: '102', from: at(66), to: at(70) }] }
  const elsewhere = witnessOf([
    { ...DAY.pickedUp, record },
    { ...DAY.direct, record: talked },
  ])
  expect(countDay({ ...elsewhere, rings: [] }).members.get('101')?.taken.best).toBe(1)
})

test('callbacks and kept places are handled and not taken; what an agent dialled by hand is neither', () => {
  const { members, fates } = countDay(witnessOf([DAY.answered, DAY.asked]))
  expect(members.get('102')).toMatchObject({ taken: { best: 0 }, handled: { best: 2 } })
  expect(fates.get('callback')).toBe(2)
})

test('who was sent away and came back has waited since the first entry', () => {
  const queue = countDay(witnessOf([DAY.sentBack])).queues.get('hotline')
  expect(queue?.waitSeconds.best).toBe(13)
  expect(queue?.waits[2]?.low).toBe(1)
})

test('an answer of which no word was heard is told by queue_log', () => {
  const record = { ...DAY.answered.record, heard: [] }
  const { queues, members } = countDay(witnessOf([{ ...DAY.answered, record }]))
  expect(queues.get('hotline')).toMatchObject({ answered: { best: 1 }, talkSeconds: { best: 25 } })
  expect(members.get('101')?.taken.best).toBe(1)
})

test('who was sent, came back and gave up has waited the whole time: that is not short', () => {
  const { record, log } = DAY.sentBack
  const given = log.slice(0, -1).concat([[10, '0910000007', 'hotline', 'NONE', 'ABANDON', 1, 1, 2]])
  const lost = { ...record, heard: [], endedAt: record.placedAt + 10_000 }
  const { fates } = countDay(witnessOf([{ record: lost, log: given }]))
  expect(fates.get('abandoned, long')).toBe(1)
})

test('a call counts in the queue that it entered first', () => {
  const { record, log } = DAY.answered
  const tech = log.map(
    ([when, ...words]) =>
      [when, ...words.map((word) => (word === 'hotline' ? 'hotline-tech' : word))] as const,
  )
  const { queues } = countDay(witnessOf([{ record, log: tech }]))
  expect([...queues.keys()]).toEqual(['hotline-tech'])
})

test.each([
  [0, 0.85],
  [350, 0.85],
  [900, 1.4],
])(
  'a talk of which phones heard while their script stood still for %i ms is known within %d s',
  (stalledMs, seconds) => {
    const { queues } = countDay({ ...witnessOf([DAY.answered]), stalledMs })
    const talk = queues.get('hotline')?.talkSeconds ?? { best: 0, low: 0, high: 0 }
    expect(talk.high - talk.best).toBeCloseTo(seconds)
    expect(talk.best - talk.low).toBeCloseTo(seconds)
  },
)
