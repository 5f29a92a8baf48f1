import { beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, settle } from '../../test/support/clock.ts'
import { createRecordingLogger, type RecordingLogger } from '../../test/support/logger.ts'
import { createRecurringJobs, type RecurringJobs, type Trigger } from './recurring-jobs.ts'

const clock = createTestClock('2026-11-23T02:00:00.000Z')
let log: RecordingLogger
let jobs: RecurringJobs
/** Turns of each job, called by the test. */
let turns: Map<string, () => void>
let armed: Set<string>

beforeEach(() => {
  log = createRecordingLogger()
  turns = new Map()
  armed = new Set()
  jobs = createRecurringJobs({
    clock,
    logger: log.logger,
    makeTrigger({ name }, turn): Trigger {
      turns.set(name, turn)
      return {
        start: () => armed.add(name),
        stop: () => armed.delete(name),
        nextRunAt: () => new Date('2026-11-23T03:00:00.000Z'),
      }
    },
  })
})

const withCron = () => createRecurringJobs({ clock, logger: log.logger })
const work = async () => undefined

const turn = (name = 'sweep') => turns.get(name)?.()

/** A job whose runs end when the test says so. */
function slowJob(extra: { runAtStart?: boolean } = {}) {
  const ends: (() => void)[] = []
  let began = 0
  jobs.add({
    name: 'sweep',
    cron: '0 * * * *',
    work: () => {
      began += 1
      return new Promise<void>((resolve) => ends.push(resolve))
    },
    ...extra,
  })
  return {
    began: () => began,
    async end() {
      ends.shift()?.()
      await settle()
    },
  }
}

describe('a recurring job', () => {
  test('runs at its turns, and says so', async () => {
    const job = slowJob()
    jobs.start()
    expect(job.began()).toBe(0)
    turn()
    expect(jobs.status()).toMatchObject([{ running: true, runs: 1, lastResult: null }])
    await job.end()
    expect(jobs.status()).toEqual([
      {
        name: 'sweep',
        cron: '0 * * * *',
        running: false,
        runs: 1,
        skipped: 0,
        lastRunAt: '2026-11-23T02:00:00.000Z',
        lastEndedAt: '2026-11-23T02:00:00.000Z',
        lastResult: 'done',
        nextRunAt: '2026-11-23T03:00:00.000Z',
        lastErrorAt: null,
        lastError: null,
      },
    ])
  })

  test('runs at the start as well when it is told to', () => {
    const job = slowJob({ runAtStart: true })
    jobs.start()
    expect(job.began()).toBe(1)
  })

  test('never runs twice at once: the turn is left out and counted', async () => {
    const job = slowJob()
    jobs.start()
    turn()
    turn()
    turn()
    await settle()
    expect(job.began()).toBe(1)
    await job.end()
    turn()
    expect(job.began()).toBe(2)
    expect(jobs.status()).toMatchObject([{ runs: 2, skipped: 2 }])
  })

  test('that failed is told of, logged, and has its next turn', async () => {
    let broken = true
    jobs.add({
      name: 'sweep',
      cron: '0 * * * *',
      work: async () => {
        if (broken) throw new Error('no disk')
      },
    })
    jobs.start()
    turn()
    await settle()
    expect(jobs.status()).toMatchObject([{ lastResult: 'failed', lastError: 'no disk' }])
    expect(log.lines).toMatchObject([{ level: 50, job: 'sweep' }])
    broken = false
    turn()
    await settle()
    expect(jobs.status()).toMatchObject([{ lastResult: 'done', lastError: 'no disk', runs: 2 }])
  })

  test('has a name of its own', () => {
    slowJob()
    expect(() => slowJob()).toThrow('there is a recurring job sweep already')
  })
})

describe('stopping', () => {
  test('waits for the run under way; no turn begins after it', async () => {
    const job = slowJob()
    jobs.start()
    expect([...armed]).toEqual(['sweep'])
    turn()
    let stopped = false
    const stopping = jobs.stop().then(() => (stopped = true))
    await settle()
    expect(stopped).toBe(false)
    await job.end()
    await stopping
    turn()
    expect(job.began()).toBe(1)
    expect([...armed]).toEqual([])
    expect(jobs.status()).toMatchObject([{ nextRunAt: null }])
  })
})

describe('node-cron', () => {
  test.each([
    ['* * * * *', /:00\.000Z$/],
    ['*/10 * * * * *', /0\.000Z$/],
    ['15 1 * * *', /T18:15:00\.000Z$/],
    ['0 7 * * 1-5', /T00:00:00\.000Z$/],
    ['30 23 1 * *', /T16:30:00\.000Z$/],
  ])('reads %s as Vietnamese time', async (cron, next) => {
    const real = withCron()
    real.add({ name: 'sweep', cron, work })
    real.start()
    expect(real.status()[0]?.nextRunAt).toMatch(next)
    await real.stop()
  })

  test('refuses what it cannot read when the job is added, not at its turn', () => {
    expect(() => withCron().add({ name: 'sweep', cron: '61 * * * *', work })).toThrow(
      'the recurring job sweep has no readable time: 61 * * * *',
    )
  })
})
