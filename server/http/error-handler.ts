import type { ErrorRequestHandler, Response } from 'express'
import type { Problem } from '../contract/primitives.ts'
import { errorClass } from '../db/error-class.ts'
import { TooManyRequests } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { problem, problemOf } from './problem.ts'

/** When a person whose request met a database that cannot be used should try again. */
const RETRY_AFTER_SECONDS = '5'
const UNUSABLE = 'the database cannot be used right now: wait a few seconds and try again'

/**
 * The one place where errors become HTTP. What nobody expected is logged once, here, and answered
 * with the request's id so that the line can be found.
 */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    if (error instanceof TooManyRequests) {
      response.setHeader('Retry-After', String(Math.ceil(error.retryAfterSeconds)))
    }
    const known = problemOf(error)
    if (known) {
      sendProblem(response, known)
      return
    }
    const requestId = String(response.getHeader('X-Request-Id') ?? '')
    if (errorClass(error) === 'weather') {
      logger.error({ err: error, requestId }, 'request failed: the database cannot be used now')
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS)
      sendProblem(response, problem(503, UNUSABLE))
      return
    }
    logger.error({ err: error, requestId }, 'request failed')
    sendProblem(response, problem(500, `something went wrong here; it is logged as ${requestId}`))
  }
}

export function sendProblem(response: Response, body: Problem): void {
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body))
}
