import { expect, test } from 'vitest'
import { at } from '../kills/sample-run.ts'
import { type BoardQueue, compareBoard } from './compare.ts'
import { countDay } from './count.ts'
import { boardWith, DAY, RIGHT_MEMBERS, RIGHT_QUEUE, witnessOf } from './sample-day.ts'

const count = countDay(witnessOf())

test('a board that is right is as counted', () => {
  expect(compareBoard(count, boardWith())).toEqual([])
})

const EXACT = [
  'entered',
  'offered',
  'answered',
  'abandoned',
  'short',
  'timedOut',
  'asked',
  'withinLevel',
  'withinService',
  'handled',
] as const satisfies (keyof BoardQueue)[]

test.each(EXACT)('%s one too many or one too few is a difference', (figure) => {
  for (const wrong of [RIGHT_QUEUE[figure] + 1, RIGHT_QUEUE[figure] - 1]) {
    expect(compareBoard(count, boardWith({ [figure]: wrong }))).toEqual([
      {
        of: 'hotline',
        figure,
        counted: String(RIGHT_QUEUE[figure]),
        onBoard: String(wrong),
      },
    ])
  }
})

test.each(['waitSeconds', 'talkSeconds', 'holdSeconds'] as const)(
  '%s may be off by the rounding of each call and no more',
  (figure) => {
    const parts = { waitSeconds: 6, talkSeconds: 7, holdSeconds: 1 }[figure]
    const within = boardWith({ [figure]: RIGHT_QUEUE[figure] + parts * 0.8 })
    expect(compareBoard(count, within)).toEqual([])
    const beyond = boardWith({ [figure]: RIGHT_QUEUE[figure] + parts + 1 })
    expect(compareBoard(count, beyond)).toMatchObject([{ of: 'hotline', figure }])
  },
)

test('a wait in the wrong bar is two differences', () => {
  const waits = [1, 0, 3, 1, 0, 1, 0, 0]
  expect(compareBoard(count, boardWith({ waits })).map(({ figure }) => figure)).toEqual([
    'waits[1]',
    'waits[2]',
  ])
})

test('figures of a queue or a phone that nobody counted, or that the board lacks, are differences', () => {
  const board = boardWith()
  const tech = new Map([...board.queues, ['hotline-tech', { ...RIGHT_QUEUE, answered: 1 }]])
  const more = compareBoard(count, { ...board, queues: tech })
  expect(more).toContainEqual({
    of: 'hotline-tech',
    figure: 'answered',
    counted: '0',
    onBoard: '1',
  })
  const none = compareBoard(count, { ...board, queues: new Map() })
  expect(none).toContainEqual({ of: 'hotline', figure: 'offered', counted: '11', onBoard: '0' })
  const lost = compareBoard(count, { ...board, members: new Map() })
  expect(lost).toContainEqual({ of: '102', figure: 'taken', counted: '3', onBoard: '0' })
  expect(lost).toContainEqual(expect.objectContaining({ of: '102', figure: 'lastCallAt' }))
  const stranger = { taken: 1, handled: 0, talkSeconds: 0, holdSeconds: 0, lastCallAt: null }
  expect(compareBoard(count, boardWith({}, { ...RIGHT_MEMBERS, '103': stranger }))).toEqual([
    { of: '103', figure: 'taken', counted: '0', onBoard: '1' },
  ])
})

test.each(['taken', 'handled'] as const)('%s of a phone off by one is a difference', (figure) => {
  const own = RIGHT_MEMBERS['102']
  if (own === undefined) throw new Error('102 is in the sample')
  const wrong = { ...RIGHT_MEMBERS, '102': { ...own, [figure]: own[figure] + 1 } }
  expect(compareBoard(count, boardWith({}, wrong))).toMatchObject([{ of: '102', figure }])
})

test('the last call of a phone is the one that ended last', () => {
  const own = RIGHT_MEMBERS['101']
  if (own === undefined) throw new Error('101 is in the sample')
  const wrong = { ...RIGHT_MEMBERS, '101': { ...own, lastCallAt: at(30) / 1000 } }
  expect(compareBoard(count, boardWith({}, wrong))).toMatchObject([
    { of: '101', figure: 'lastCallAt' },
  ])
})

test('a wait that ends on a bound may be in either bar, and in no third', () => {
  const record = { ...DAY.answered.record, heard: [{ extension: '101', from: at(6), to: at(30) }] }
  const log = DAY.answered.log.map((line) =>
    line[0] === 5 ? ([6, ...line.slice(1)] as const) : line,
  )
  const onBound = countDay(witnessOf([{ record, log }])).queues.get('hotline')
  expect(onBound?.waits.slice(0, 3)).toEqual([
    { best: 1, low: 0, high: 1 },
    { best: 0, low: 0, high: 1 },
    { best: 0, low: 0, high: 0 },
  ])
  expect(onBound?.answered).toEqual({ best: 1, low: 1, high: 1 })
})
