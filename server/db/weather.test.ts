import { beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, settle, type TestClock } from '../../test/support/clock.ts'
import { createRecordingLogger, type RecordingLogger } from '../../test/support/logger.ts'
import { createWeather, type Weather, type WeatherStatus, WeatherUnended } from './weather.ts'

const START = '2026-11-23T02:00:00.000Z'
const FINE: WeatherStatus = { database: 'ok', since: null, reason: null }
const WAITING: WeatherStatus = { database: 'waiting', since: START, reason: 'database is locked' }

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })
const locked = () => withCode('database is locked', 'SQLITE_BUSY')
const doubled = () => withCode('a row stands twice', 'SQLITE_CONSTRAINT_UNIQUE')
const odd = () => new Error('never seen')

let clock: TestClock
let log: RecordingLogger
let changes: WeatherStatus[]
let weather: Weather

beforeEach(() => {
  clock = createTestClock(START)
  log = createRecordingLogger()
  changes = []
  const onChange = (status: WeatherStatus) => void changes.push(status)
  weather = createWeather({ clock, logger: log.logger, onChange })
})

/** Work that fails with what `next` makes until that is null; `tries` are milliseconds after START. */
function work(next: () => Error | null) {
  const tries: number[] = []
  let end: unknown = null
  const done = weather
    .outlast(async () => {
      tries.push(clock.nowMs() - Date.parse(START))
      const error = next()
      if (error !== null) throw error
      return 'saved'
    })
    .then(
      (value) => (end = value),
      (error: unknown) => (end = error),
    )
  return { tries, done, end: () => end }
}

/** One error for each try, then none. */
function inTurn(...errors: Error[]): () => Error | null {
  return () => errors.shift() ?? null
}

describe('weather', () => {
  test('is waited for, with pauses that double up to two seconds, and the work is repeated', async () => {
    let isLocked = true
    const job = work(() => (isLocked ? locked() : null))
    await clock.advance(9_000)
    expect(job.tries).toEqual([0, 100, 300, 700, 1500, 3100, 5100, 7100])
    expect(job.end()).toBe(null)
    isLocked = false
    await clock.advance(2_000)
    expect(job.tries.at(-1)).toBe(9100)
    expect(job.end()).toBe('saved')
    expect(clock.pending).toBe(0)
  })

  test('is shown from the first failure on, and as over when the work is done', async () => {
    const job = work(inTurn(locked(), locked()))
    await settle()
    expect(weather.status()).toEqual(WAITING)
    await clock.advance(300)
    await job.done
    expect(weather.status()).toEqual(FINE)
    expect(changes).toEqual([WAITING, FINE])
    expect(log.lines.map(({ level }) => level)).toEqual([40, 30])
  })

  test('of many who wait is told once, and is over with the last of them', async () => {
    let isLocked = true
    const jobs = Array.from({ length: 5 }, () => work(() => (isLocked ? locked() : null)))
    const last = work(inTurn(locked(), locked(), locked()))
    await clock.advance(50)
    isLocked = false
    await clock.advance(60)
    expect(jobs.map(({ end }) => end())).toEqual(Array.from({ length: 5 }, () => 'saved'))
    expect(changes).toEqual([WAITING])
    await clock.advance(700)
    expect(last.end()).toBe('saved')
    expect(changes).toEqual([WAITING, FINE])
  })

  test('that turns into poison is over as well', async () => {
    const poison = doubled()
    const job = work(inTurn(locked(), poison))
    await clock.advance(100)
    expect(job.end()).toBe(poison)
    expect(changes).toEqual([WAITING, FINE])
  })

  test('that begins again is told again, since when it began again', async () => {
    work(inTurn(locked()))
    await clock.advance(1000)
    work(inTurn(locked()))
    await settle()
    expect(weather.status()).toMatchObject({ since: '2026-11-23T02:00:01.000Z' })
    expect(changes).toHaveLength(3)
  })
})

describe('what is no weather', () => {
  test('poison is thrown at once, and nothing is shown', async () => {
    const poison = doubled()
    const job = work(inTurn(poison))
    await settle()
    expect(job.end()).toBe(poison)
    expect([job.tries, changes, clock.pending]).toEqual([[0], [], 0])
  })

  test('a kind that nobody knows is tried three times, quietly', async () => {
    const third = odd()
    const job = work(inTurn(odd(), odd(), third))
    await clock.advance(10_000)
    expect(job.tries).toEqual([0, 100, 300])
    expect(job.end()).toBe(third)
    expect(changes).toEqual([])
  })

  test('an unknown kind between weather is counted by itself', async () => {
    const job = work(inTurn(odd(), locked(), locked(), odd(), locked()))
    await clock.advance(10_000)
    expect(job.tries).toHaveLength(6)
    expect(job.end()).toBe('saved')
  })

  test('work that succeeds is run once', async () => {
    const job = work(() => null)
    await job.done
    expect([job.tries, job.end(), changes]).toEqual([[0], 'saved', []])
  })
})

describe('stopping', () => {
  test('gives everybody who waits one more try at once, and then WeatherUnended', async () => {
    let isLocked = true
    const stuck = work(locked)
    const lucky = work(() => (isLocked ? locked() : null))
    await clock.advance(1600)
    isLocked = false
    weather.stop()
    await Promise.all([stuck.done, lucky.done])
    expect(stuck.tries.at(-1)).toBe(1600)
    expect(stuck.end()).toBeInstanceOf(WeatherUnended)
    expect(stuck.end()).toMatchObject({ cause: { message: 'database is locked' } })
    expect(lucky.end()).toBe('saved')
    expect(weather.status()).toEqual(FINE)
    expect(clock.pending).toBe(0)
  })

  test('work that begins after it has one try', async () => {
    weather.stop()
    const job = work(locked)
    await job.done
    expect(job.tries).toEqual([0])
    expect(job.end()).toBeInstanceOf(WeatherUnended)
    expect(changes).toEqual([])
  })

  test('poison stays poison', async () => {
    weather.stop()
    const poison = doubled()
    const job = work(inTurn(poison))
    await job.done
    expect(job.end()).toBe(poison)
  })
})
