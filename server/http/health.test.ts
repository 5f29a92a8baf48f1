import request from 'supertest'
import { expect, it, vi } from 'vitest'
import { createTestApp } from '../../test/support/http.ts'
import { readReadiness } from './health.ts'
import { createMetrics } from './metrics.ts'

it('is alive whatever it waits for', async () => {
  const { app } = createTestApp([], {
    checks: [{ name: 'pbx1', check: () => ({ ok: false, detail: 'unreachable' }) }],
  })
  const answer = await request(app).get('/healthz')
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual({ status: 'ok' })
})

it('is ready when every check is', async () => {
  const { app } = createTestApp([], {
    checks: [{ name: 'database', check: async () => ({ ok: true, detail: 'sqlite' }) }],
  })
  const answer = await request(app).get('/readyz')
  expect(answer.status).toBe(200)
  expect(answer.body.status).toBe('ready')
})

it('names what is not usable with 503', async () => {
  const { app } = createTestApp([], {
    checks: [
      { name: 'database', check: () => ({ ok: true, detail: 'sqlite' }) },
      {
        name: 'pbx1',
        check: () => {
          throw new Error('connection refused')
        },
      },
    ],
  })
  const answer = await request(app).get('/readyz')
  expect(answer.status).toBe(503)
  expect(answer.body).toEqual({
    status: 'not_ready',
    checks: [
      { name: 'database', ok: true, detail: 'sqlite' },
      { name: 'pbx1', ok: false, detail: 'connection refused' },
    ],
  })
})

it('tells figures and reasons to the bearer of the token alone, once there is one', async () => {
  const checks = [{ name: 'pbx1', check: () => ({ ok: false, detail: 'connection refused' }) }]
  const { app } = createTestApp([], { checks, monitoringToken: 'a-word-of-the-monitoring' })
  const asked = (path: string, word?: string) => {
    const asking = request(app).get(path)
    return word === undefined ? asking : asking.set('Authorization', `Bearer ${word}`)
  }
  for (const word of [undefined, 'a-word-of-somebody-else', 'a-word']) {
    const figures = await asked('/metrics', word)
    expect([figures.status, figures.text.includes('nodejs_version')]).toEqual([401, false])
    const state = await asked('/readyz', word)
    expect(state.status).toBe(503)
    expect(state.body.checks).toEqual([{ name: 'pbx1', ok: false, detail: '' }])
  }
  expect((await asked('/metrics', 'a-word-of-the-monitoring')).text).toContain('nodejs_version')
  const { body } = await asked('/readyz', 'a-word-of-the-monitoring')
  expect(body.checks).toEqual([{ name: 'pbx1', ok: false, detail: 'connection refused' }])
  expect((await asked('/healthz')).status).toBe(200)
})

it('takes a check that hangs for failed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const hanging = { name: 'database', check: () => new Promise<never>(() => {}) }
    const reading = readReadiness([hanging])
    await vi.advanceTimersByTimeAsync(3000)
    expect(await reading).toEqual({
      status: 'not_ready',
      checks: [{ name: 'database', ok: false, detail: 'no answer within 3000 ms' }],
    })
  } finally {
    vi.useRealTimers()
  }
})

it('shows the figures that the rooms note', async () => {
  const metrics = createMetrics()
  const count = metrics.counter('calls_total', 'Calls', ['outcome'])
  const observe = metrics.histogram('pop_seconds', 'Pop latency', [0.1, 1])
  metrics.gauge('sockets', 'Open sockets', () => 3)
  count({ outcome: 'answered' })
  count({ outcome: 'answered' }, 2)
  observe(0.05)
  const { app } = createTestApp([], { metrics })
  const { text } = await request(app).get('/metrics')
  expect(text).toContain('calls_total{outcome="answered"} 3')
  expect(text).toContain('pop_seconds_bucket{le="0.1"} 1')
  expect(text).toContain('sockets 3')
})
