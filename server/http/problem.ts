import { STATUS_CODES } from 'node:http'
import { ZodError } from 'zod'
import type { Problem } from '../contract/primitives.ts'
import {
  Conflict,
  type FieldError,
  FileTooLarge,
  Forbidden,
  InvalidInput,
  NotFound,
  NotSignedIn,
  StepRefused,
  StorageFault,
  TooManyRequests,
  Unavailable,
  UploadBroken,
} from '../errors.ts'
import { ActionRefused, OutcomeUnknown, PbxNotReady } from '../ports.ts'

/** How an error looks from outside; null for errors that nobody expected. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof InvalidInput) return problem(error.status, error.message, error.errors)
  if (error instanceof NotSignedIn) return problem(401, error.message || 'sign in first')
  if (error instanceof Forbidden) return refusedProblem(error)
  if (error instanceof NotFound) return problem(404, error.message)
  if (error instanceof Conflict) return problem(409, error.message, error.errors)
  if (error instanceof StepRefused) {
    const { status, message, errors, code, state, action, possible } = error
    return { ...problem(status, message, errors), code, state, action, possible: [...possible] }
  }
  if (
    error instanceof FileTooLarge ||
    error instanceof StorageFault ||
    error instanceof UploadBroken
  ) {
    const { status, message, code } = error
    return problem(status, message, [{ path: 'file', message, code }])
  }
  if (error instanceof TooManyRequests) return problem(429, error.message)
  if (error instanceof Unavailable) return problem(503, error.message, error.errors)
  if (error instanceof PbxNotReady) return problem(503, error.message || 'the PBX is not connected')
  if (error instanceof OutcomeUnknown) {
    return problem(503, error.message || 'the PBX did not answer: the outcome is not known')
  }
  if (error instanceof ActionRefused) return problem(502, `the PBX refused: ${error.message}`)
  return problemOfBody(error)
}

function refusedProblem({ message, errors }: Forbidden): Problem {
  return problem(403, message || 'your role may not do this', errors)
}

export function problem(status: number, detail: string, errors: FieldError[] = []): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
  }
}

/** One line per wrong field, in words that say what is right. */
export function fieldErrors(error: ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
}

/** What express and its body parser throw: `type` names the fault, `status` is below 500. */
function problemOfBody(error: unknown): Problem | null {
  if (!(error instanceof Error) || error instanceof ZodError) return null
  const type = 'type' in error ? error.type : undefined
  const status = 'status' in error ? error.status : undefined
  if (type === 'entity.too.large') {
    const limit = 'limit' in error ? Number(error.limit) / 1024 : 0
    return problem(413, `the body is larger than ${limit} kB`)
  }
  if (type === 'entity.parse.failed') return problem(400, 'the body is not valid JSON')
  if (typeof status !== 'number' || status < 400 || status > 499) return null
  return problem(status, error.message)
}
