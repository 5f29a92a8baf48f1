import type { ErrorRequestHandler, Response } from 'express'
import type { Problem } from '../contract/primitives.ts'
import { errorClass } from '../db/error-class.ts'
import { TooManyRequests } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { role } from '../contract/staff.ts'
import { shownTo } from '../teams/masked-number.ts'
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
      sendProblem(response, shownToReader(response, known))
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

/** What a refusal names may be a customer's number. */
function shownToReader(response: Response, body: Problem): Problem {
  const reader = role.safeParse(response.locals['role'])
  return reader.success ? shownTo(reader.data, body) : body
}

export function sendProblem(response: Response, body: Problem): void {
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body))
}
