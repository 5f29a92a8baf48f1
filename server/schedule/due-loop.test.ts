import { beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, settle, type TestClock } from '../../test/support/clock.ts'
import { createRecordingLogger, type RecordingLogger } from '../../test/support/logger.ts'
import { createDueLoop, type DueLoop, type DueLoopOptions } from './due-loop.ts'

/** The moments of the looks on the wall clock, without the date. */
let looks: string[]
let dueAt: string | null
let clock: TestClock
let log: RecordingLogger
let loop: DueLoop

function build(options: Partial<DueLoopOptions> = {}): void {
  loop = createDueLoop({
    name: 'test',
    clock,
    logger: log.logger,
    work: async () => void looks.push(clock.now().slice(11, 23)),
    nextDueAt: async () => dueAt,
    ...options,
  })
}

/** Work that ends when the test says so. */
function slowWork() {
  const ends: (() => void)[] = []
  let most = 0
  const work = () => {
    looks.push(clock.now().slice(11, 23))
    most = Math.max(most, looks.length - ended)
    return new Promise<void>((resolve) => ends.push(resolve))
  }
  let ended = 0
  return {
    work,
    most: () => most,
    async end() {
      ended += 1
      ends.shift()?.()
      await settle()
    },
  }
}

beforeEach(() => {
  looks = []
  dueAt = null
  clock = createTestClock('2026-11-23T02:00:00.000Z')
  log = createRecordingLogger()
})

describe('when it looks', () => {
  test('at its start, and from then on at least every second', async () => {
    build()
    loop.start()
    await clock.advance(2500)
    expect(looks).toEqual(['02:00:00.000', '02:00:01.000', '02:00:02.000'])
  })

  test('at the moment when something falls due', async () => {
    build()
    dueAt = '2026-11-23T02:00:00.300Z'
    loop.start()
    await settle()
    dueAt = null
    await clock.advance(400)
    expect(looks).toEqual(['02:00:00.000', '02:00:00.300'])
  })

  test('no more often than it was told, when nothing is due', async () => {
    build({ longestSleepMs: 60_000 })
    loop.start()
    await clock.advance(121_000)
    expect(looks).toEqual(['02:00:00.000', '02:01:00.000', '02:02:00.000'])
  })

  test('when it is woken, but a crowd of wakings makes one look per pause', async () => {
    build()
    loop.start()
    await clock.advance(100)
    for (let i = 0; i < 30; i++) {
      loop.wake()
      await clock.advance(2)
    }
    await clock.advance(100)
    expect(looks).toEqual(['02:00:00.000', '02:00:00.100', '02:00:00.150', '02:00:00.200'])
  })

  test('again after a pause while the rows say that more is due', async () => {
    build()
    dueAt = '2026-11-23T01:00:00.000Z'
    loop.start()
    await clock.advance(120)
    expect(looks).toEqual(['02:00:00.000', '02:00:00.050', '02:00:00.100'])
  })
})

describe('a wall clock that jumps', () => {
  test('forwards: what became due by it is looked at within a second', async () => {
    build({ longestSleepMs: 3_600_000 })
    dueAt = '2026-11-23T04:00:00.000Z'
    loop.start()
    await clock.advance(1500)
    clock.set('2026-11-23T05:00:00.000Z')
    dueAt = null
    await clock.advance(1000)
    expect(looks).toEqual(['02:00:00.000', '05:00:00.500'])
  })

  test('back by hours: it goes on looking as often as before', async () => {
    build()
    loop.start()
    await clock.advance(1500)
    clock.set('2026-11-22T20:00:00.000Z')
    loop.wake()
    await clock.advance(2000)
    expect(looks).toEqual([
      '02:00:00.000',
      '02:00:01.000',
      '20:00:00.000',
      '20:00:01.000',
      '20:00:02.000',
    ])
  })
})

describe('never two looks at once', () => {
  test('wakings during a look make exactly one more look', async () => {
    const slow = slowWork()
    build({ work: slow.work })
    loop.start()
    await clock.advance(200)
    for (let i = 0; i < 5; i++) loop.wake()
    await clock.advance(5000)
    expect(looks).toHaveLength(1)
    await slow.end()
    await clock.advance(60)
    expect(looks).toHaveLength(2)
    await slow.end()
    await clock.advance(500)
    expect(looks).toHaveLength(2)
  })

  test('looks that are asked for by name wait for each other', async () => {
    const slow = slowWork()
    build({ work: slow.work })
    const runs = [loop.run(), loop.run(), loop.run()]
    for (let i = 0; i < 3; i++) {
      await settle()
      await slow.end()
    }
    await Promise.all(runs)
    expect(looks).toHaveLength(3)
    expect(slow.most()).toBe(1)
  })
})

describe('errors', () => {
  test('are tried again later and later, and at once when it works again', async () => {
    let broken = true
    build({
      work: async () => {
        looks.push(clock.now().slice(11, 23))
        if (broken) throw new Error('no database')
      },
    })
    loop.start()
    await clock.advance(2000)
    loop.wake()
    await settle()
    expect(looks).toEqual(['02:00:00.000', '02:00:00.250', '02:00:00.750', '02:00:01.750'])
    expect(loop.status()).toMatchObject({ failuresInRow: 4, lastError: 'no database' })
    await clock.advance(60_000)
    const failed = looks.length
    broken = false
    await clock.advance(10_000)
    expect(looks.length - failed).toBeGreaterThan(6)
    expect(loop.status()).toMatchObject({ failuresInRow: 0, lastError: 'no database' })
    expect(log.lines.map(({ level }) => level)).toEqual([
      50,
      ...Array.from({ length: failed - 1 }, () => 40),
      30,
    ])
  })

  test('of the question what is due next count as well', async () => {
    build({ nextDueAt: () => Promise.reject(new Error('no answer')) })
    loop.start()
    await clock.advance(300)
    expect(looks).toEqual(['02:00:00.000', '02:00:00.250'])
  })

  test('never keep it from looking for longer than five seconds', async () => {
    build({
      work: async () => {
        looks.push(clock.now().slice(11, 23))
        throw new Error('no database')
      },
    })
    loop.start()
    await clock.advance(3_600_000)
    const before = looks.length
    await clock.advance(5000)
    expect(looks).toHaveLength(before + 1)
  })

  test('are thrown to whoever asked for the look by name', async () => {
    build({ work: () => Promise.reject(new Error('no database')) })
    await expect(loop.run()).rejects.toThrow('no database')
    expect(loop.status().runs).toBe(1)
  })
})

describe('stopping', () => {
  test('waits for the look under way, and arms nothing after it', async () => {
    const slow = slowWork()
    build({ work: slow.work })
    loop.start()
    loop.wake()
    let stopped = false
    const stopping = loop.stop().then(() => (stopped = true))
    await settle()
    expect(stopped).toBe(false)
    await slow.end()
    await stopping
    loop.wake()
    await clock.advance(60_000)
    expect(looks).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  test('during a back-off leaves nothing armed either', async () => {
    build({ work: () => Promise.reject(new Error('no database')) })
    loop.start()
    await clock.advance(100)
    await loop.stop()
    expect(clock.pending).toBe(0)
  })

  test('is no end: it can be started again', async () => {
    build()
    loop.start()
    await settle()
    await loop.stop()
    await clock.advance(5000)
    loop.start()
    await settle()
    expect(looks).toEqual(['02:00:00.000', '02:00:05.000'])
  })

  test('leaves it idle: it says so', async () => {
    build()
    expect(loop.status()).toEqual({
      name: 'test',
      running: false,
      runs: 0,
      failuresInRow: 0,
      lastRunAt: null,
      nextRunAt: null,
      lastErrorAt: null,
      lastError: null,
    })
  })
})

test('it says when it looked and when it will look', async () => {
  build()
  dueAt = '2026-11-23T02:00:00.600Z'
  loop.start()
  await clock.advance(200)
  expect(loop.status()).toMatchObject({
    running: false,
    runs: 1,
    lastRunAt: '2026-11-23T02:00:00.000Z',
    nextRunAt: '2026-11-23T02:00:00.600Z',
  })
})
