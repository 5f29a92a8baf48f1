import express, { type Express, type RequestHandler } from 'express'
import { Forbidden, NotFound } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { NewId } from '../ports.ts'
import { errorHandler } from './error-handler.ts'
import { healthRouter, type ReadinessCheck } from './health.ts'
import type { MetricsRegistry } from './metrics.ts'
import { mountRoutes } from './mount.ts'
import { openApiDocument } from './openapi.ts'
import { isOwnOrigin } from './origin.ts'
import { requestLog } from './request-log.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'
import { type ResolveSession, sessionCookieName } from './session.ts'
import { pages } from './pages.ts'

export interface AppDeps {
  routes: readonly Route[]
  resolveSession: ResolveSession
  checks: readonly ReadinessCheck[]
  metrics: MetricsRegistry
  logger: Logger
  newId: NewId
  /** Origin under which browsers reach the service, e.g. `https://hotline.example.vn`. */
  publicUrl: string
  /** Where pages register as phones; null: nowhere. */
  browserPhone: { url: string } | null
  /** How many proxies in front may say where a request comes from. */
  trustProxy: number
  /** Who may read figures and faults; null: everybody. */
  monitoringToken: string | null
  appVersion: string
  /** The built pages (`agent-ui/dist`); null serves the API alone. */
  pagesFolder: string | null
}

/** The whole HTTP side: health, API, pages, in this order; errors end in one place. */
export function createApp(deps: AppDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', deps.trustProxy)
  app.set('query parser', 'simple')
  app.use(requestLog(deps.logger, deps.newId, deps.metrics))
  app.use(securityHeaders(deps.publicUrl, deps.browserPhone?.url ?? null))
  app.use(healthRouter(deps.checks, deps.metrics, deps.monitoringToken))
  app.use('/api', refuseForeignOrigin(deps.publicUrl), neverStored)
  const secure = deps.publicUrl.startsWith('https:')
  // A twentieth of a second that no start has to wait for.
  let document: object | null = null
  app.get('/api/openapi.json', (_request, response) => {
    document ??= openApiDocument(deps.routes, deps.appVersion, sessionCookieName(secure))
    response.json(document)
  })
  app.use('/api', mountRoutes(deps.routes, { resolveSession: deps.resolveSession, secure }))
  app.use('/api', (request) => {
    throw new NotFound('route', `${request.method} /api${request.path}`)
  })
  if (deps.pagesFolder !== null) app.use(pages(deps.pagesFolder))
  app.use(errorHandler(deps.logger))
  return app
}

function refuseForeignOrigin(publicUrl: string): RequestHandler {
  return (request, _response, next) => {
    const { origin, host } = request.headers
    const site = request.headers['sec-fetch-site']
    const secFetchSite = typeof site === 'string' ? site : undefined
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
    if (changes && !isOwnOrigin({ origin, host, secFetchSite }, publicUrl)) {
      throw new Forbidden(`requests from other sites are refused; this service is ${publicUrl}`)
    }
    next()
  }
}

const neverStored: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store')
  next()
}
