import { createHash, timingSafeEqual } from 'node:crypto'
import { type Request, Router } from 'express'
import type { Readiness } from '../contract/health.ts'
import { messageOf, NotSignedIn } from '../errors.ts'
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

const WITHOUT_TOKEN = 'send Authorization: Bearer MONITORING_TOKEN'

/** A check that hangs counts as failed. */
const CHECK_LIMIT_MS = 3000

/**
 * `/healthz`, `/readyz` (503 names what is not usable) and `/metrics`; no session needed. With a
 * token, figures are for its bearer alone, and `/readyz` tells everybody else no reasons.
 */
export function healthRouter(
  checks: readonly ReadinessCheck[],
  metrics: MetricsRegistry,
  token: string | null,
): Router {
  const router = Router()
  router.use((request, response, next) => {
    response.locals['isTrusted'] = token === null || bears(request, token)
    next()
  })
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_request, response) => {
    const readiness = await readReadiness(checks)
    const shown = response.locals['isTrusted'] === true ? readiness : withoutReasons(readiness)
    response.status(readiness.status === 'ready' ? 200 : 503).json(shown)
  })
  router.get('/metrics', async (_request, response) => {
    if (response.locals['isTrusted'] !== true) throw new NotSignedIn(WITHOUT_TOKEN)
    response.type(metrics.contentType).send(await metrics.render())
  })
  return router
}

function bears(request: Request, token: string): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? []
  // as digests: the comparison then tells neither length nor beginning
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function withoutReasons({ status, checks }: Readiness): Readiness {
  return { status, checks: checks.map(({ name, ok }) => ({ name, ok, detail: '' })) }
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
