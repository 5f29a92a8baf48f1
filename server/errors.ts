/** Errors with facts; `http/error-handler.ts` is the one place that turns them into HTTP. */

export interface FieldError {
  path: string
  message: string
  /** One word for the fault, where the pages have a text of their own for it. */
  code?: string
}

/** The request cannot be understood (400) or not be done as asked (422): says what is right. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly status: 400 | 422
  readonly errors: FieldError[]
  constructor(detail: string, errors: FieldError[] = [], status: 400 | 422 = 400) {
    super(detail)
    this.errors = errors
    this.status = status
  }
}

/** A number that cannot be dialled or a rule of the trade that the request breaks (422); `code` as in FieldError. */
export function unprocessable(path: string, message: string, code?: string): InvalidInput {
  const error = code === undefined ? { path, message } : { path, message, code }
  return new InvalidInput(message, [error], 422)
}

export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn'
}

export class Forbidden extends Error {
  override readonly name = 'Forbidden'
  readonly errors: FieldError[]
  /** `code` as in FieldError. */
  constructor(detail = '', code?: string) {
    super(detail)
    this.errors = code === undefined ? [] : [{ path: '', message: detail, code }]
  }
}

export class NotFound extends Error {
  override readonly name = 'NotFound'
  constructor(what: string, id: string) {
    super(`there is no ${what} "${id}"`)
  }
}

/** The row changed since it was read, or its state does not allow the action (409). */
export class Conflict extends Error {
  override readonly name = 'Conflict'
  readonly errors: FieldError[]
  /** `code` as in FieldError. */
  constructor(detail: string, code?: string) {
    super(detail)
    this.errors = code === undefined ? [] : [{ path: '', message: detail, code }]
  }
}

/** Somebody else saved these settings since they were read; they are there to be read anew. */
export function settingsStale(what: string, version: number): Conflict {
  const detail = `${what} was changed meanwhile (version is ${version} now)`
  return new Conflict(detail, 'settings_stale')
}

/** What a rule refuses, as it is answered. */
export interface Refusal {
  status: 403 | 409 | 422
  /** As in FieldError. */
  code: string
  message: string
  /** The field it is about; empty for none. */
  path?: string
}

/** Throws what the refusal says; null is no refusal. */
export function refuse(refusal: Refusal | null, path = ''): void {
  if (refusal === null) return
  const { status, message, code } = refusal
  switch (status) {
    case 403:
      throw new Forbidden(message, code)
    case 409:
      throw new Conflict(message, code)
    case 422:
      throw unprocessable(refusal.path ?? path, message, code)
  }
}

export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests'
  readonly retryAfterSeconds: number
  constructor(detail: string, retryAfterSeconds: number) {
    super(detail)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/**
 * A step of the process that is not possible: 403 for the person, 409 for the state or the version,
 * 422 for what is missing. Says the state, the action, why, and what is possible instead.
 */
export class StepRefused extends Error {
  override readonly name = 'StepRefused'
  readonly status: 403 | 409 | 422
  readonly code: string
  readonly state: string
  readonly action: string
  readonly possible: readonly string[]
  readonly errors: FieldError[]
  constructor(
    detail: string,
    facts: Pick<StepRefused, 'status' | 'code' | 'state' | 'action' | 'possible' | 'errors'>,
  ) {
    super(detail)
    this.status = facts.status
    this.code = facts.code
    this.state = facts.state
    this.action = facts.action
    this.possible = facts.possible
    this.errors = facts.errors
  }
}

/** Why it cannot be done of one of many; throws what is nobody's answer, such as a database that is away. */
export function refusalOf(error: unknown): Omit<FieldError, 'path'> {
  if (error instanceof StepRefused) return { message: error.message, code: error.code }
  if (error instanceof NotFound) return { message: error.message, code: 'no_such_ticket' }
  if (
    error instanceof Forbidden ||
    error instanceof Conflict ||
    (error instanceof InvalidInput && error.status === 422)
  ) {
    const { code = 'stale' } = error.errors[0] ?? {}
    return { message: error.message, code }
  }
  throw error
}

/** All of many or none: throws InvalidInput (422) with every one of which it cannot be done. */
export function requireNone(failed: FieldError[], asked: number): void {
  if (failed.length === 0) return
  const which = `${failed.length} of ${asked} tickets cannot be: nothing was changed`
  throw new InvalidInput(which, failed, 422)
}

/** The PBX (or another outside part) cannot be used now (503); nothing was done. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly errors: FieldError[]
  /** `code` as in FieldError. */
  constructor(detail: string, code?: string) {
    super(detail)
    this.errors = code === undefined ? [] : [{ path: '', message: detail, code }]
  }
}

/** A file is larger than files may be (413). */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge'
  readonly status = 413
  readonly code = 'file_too_large'
  constructor(limitMb: number) {
    super(`the file is larger than ${limitMb} MB`)
  }
}

/** Files cannot be kept now: the disk is full (507), or the folder cannot be used (503). */
export class StorageFault extends Error {
  override readonly name = 'StorageFault'
  readonly status: 503 | 507
  readonly code: 'storage_full' | 'storage_unusable'
  constructor(detail: string, isFull: boolean, options?: ErrorOptions) {
    super(detail, options)
    this.status = isFull ? 507 : 503
    this.code = isFull ? 'storage_full' : 'storage_unusable'
  }
}

/** Whoever sent a file broke off (400); seldom anybody is there to read it. */
export class UploadBroken extends Error {
  override readonly name = 'UploadBroken'
  readonly status = 400
  readonly code = 'upload_broken'
}

/** A wrong start: the process prints this one line and exits 1. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** What went wrong in one line, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : JSON.stringify(error)
}
