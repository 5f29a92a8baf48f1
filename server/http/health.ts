import { Router } from 'express'
import type { Readiness } from '../contract/health.ts'
import { messageOf } from '../errors.ts'
import type { MetricsRegistry } from './metrics.ts'

/** One thing the service needs; `check` says in plain words how it is, or throws what is wrong. */
export interface ReadinessCheck {
  name: string
  check: () => Promise<CheckResult> | CheckResult
}
export interface CheckResult {
  ok: boolean
  detail: string
}

/** A check that hangs counts as failed. */
const CHECK_LIMIT_MS = 3000

/** `/healthz`, `/readyz` (503 names what is not usable) and `/metrics`; no session needed. */
export function healthRouter(checks: readonly ReadinessCheck[], metrics: MetricsRegistry): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_request, response) => {
    const readiness = await readReadiness(checks)
    response.status(readiness.status === 'ready' ? 200 : 503).json(readiness)
  })
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render())
  })
  return router
}

export async function readReadiness(checks: readonly ReadinessCheck[]): Promise<Readiness> {
  const results = await Promise.all(
    checks.map(async ({ name, check }) => ({ name, ...(await run(check)) })),
  )
  return { status: results.every(({ ok }) => ok) ? 'ready' : 'not_ready', checks: results }
}

async function run(check: ReadinessCheck['check']): Promise<CheckResult> {
  const limit = Promise.withResolvers<CheckResult>()
  const timer = setTimeout(
    () => limit.resolve({ ok: false, detail: `no answer within ${CHECK_LIMIT_MS} ms` }),
    CHECK_LIMIT_MS,
  )
  try {
    return await Promise.race([check(), limit.promise])
  } catch (error) {
    return { ok: false, detail: messageOf(error) }
  } finally {
    clearTimeout(timer)
  }
}
