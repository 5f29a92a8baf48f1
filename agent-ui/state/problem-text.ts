import type { Problem } from '#contract/primitives.ts'

/** Why a request failed, as the screens tell it apart. */
export type FailureKind =
  | 'unreachable'
  | 'signed_out'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'throttled'
  | 'invalid'
  | 'unavailable'
  /** The database takes no writes for a while. */
  | 'busy'
  | 'server_fault'

const BY_STATUS: Record<number, FailureKind> = {
  400: 'invalid',
  401: 'signed_out',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  429: 'throttled',
  502: 'unreachable',
  503: 'unavailable',
  504: 'unreachable',
  507: 'unavailable',
}

/**
 * `status` 0 means that no answer came at all. Of the answers 503 only those about the database say
 * when to come back; those about the PBX do not.
 */
export function failureKind(status: number, retryAfter: number | null = null): FailureKind {
  if (status === 0) return 'unreachable'
  if (status === 503 && retryAfter !== null) return 'busy'
  return BY_STATUS[status] ?? 'server_fault'
}

/** The server's own words for the fields it refused, else its one-line detail. */
export function problemDetail(problem: Problem | null): string | null {
  if (!problem) return null
  const fields = problem.errors?.map((error) => error.message).filter((text) => text !== '')
  return fields && fields.length > 0 ? fields.join(' · ') : problem.detail || null
}

/** `Retry-After` in whole seconds; null when missing or not a number. */
export function retryAfterSeconds(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null
}
