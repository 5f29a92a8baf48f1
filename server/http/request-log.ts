import type { RequestHandler } from 'express'
import type { Logger } from '../logger.ts'
import type { Metrics, NewId } from '../ports.ts'

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10] as const

/**
 * Gives each request an id (the caller's own when it sends a plausible one), and writes one line
 * when it is answered. Neither query nor path values are logged: they can hold phone numbers.
 */
export function requestLog(logger: Logger, newId: NewId, metrics: Metrics): RequestHandler {
  const observe = metrics.histogram(
    'http_request_seconds',
    'Time from a request to its answer',
    SECONDS,
    ['method', 'route', 'status'],
  )
  return (request, response, next) => {
    const given = request.headers['x-request-id']
    const requestId = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId()
    response.setHeader('X-Request-Id', requestId)
    const startedAt = performance.now()
    response.once('finish', () => {
      const ms = Math.round(performance.now() - startedAt)
      const route = routeOf(request)
      const { method } = request
      const { statusCode: status } = response
      observe(ms / 1000, { method, route, status: String(status) })
      if (route.startsWith('/api')) logger.info({ requestId, method, route, status, ms }, 'request')
    })
    next()
  }
}

/** The route's pattern (`/api/tickets/:id`), never the address itself. */
function routeOf(request: { baseUrl: string; route?: { path: unknown } }): string {
  return request.route ? `${request.baseUrl}${String(request.route.path)}` : 'none'
}
