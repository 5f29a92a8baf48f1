import type { Problem } from '#contract/primitives.ts'
import { failureKind, problemDetail, retryAfterSeconds } from './state/problem-text.ts'
import type { FailureKind } from './state/problem-text.ts'

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** One wrong field as the server names it; `code` is what the pages have words for. */
export interface FieldFault {
  path: string
  message: string
  code?: string | undefined
}

/** A request that was refused or got no answer; `detail` are the server's own (English) words. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
  readonly kind: FailureKind
  readonly detail: string | null
  readonly retryAfter: number | null
  /** One word for the whole refusal. */
  readonly code: string | null
  readonly faults: readonly FieldFault[]
  constructor(
    kind: FailureKind,
    detail: string | null,
    retryAfter: number | null,
    { code = null, faults = [] }: { code?: string | null; faults?: readonly FieldFault[] } = {},
  ) {
    super(detail ?? kind)
    this.kind = kind
    this.detail = detail
    this.retryAfter = retryAfter
    this.code = code
    this.faults = faults
  }

  /** The faults that the pages have words of their own for. */
  get codes(): readonly string[] {
    const ofFields = this.faults.flatMap(({ code }) => code ?? [])
    return ofFields.length > 0 || this.code === null ? ofFields : [this.code]
  }
}

let onSignedOut: () => void = () => undefined

/** Called once for every answer that says the session is over. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener
}

export type Query = Record<string, string | number | undefined>

export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return `/api${path}${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`
}

const JSON_BODY = { 'content-type': 'application/json' }

/** The service answers with what `#contract` describes; it is not parsed a second time here. */
export async function send<T>(
  method: string,
  address: string,
  body?: unknown,
  options: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<T> {
  const isRead = method === 'GET'
  const init: RequestInit = {
    ...options,
    method,
    headers: { accept: 'application/json', ...(isRead ? {} : JSON_BODY), ...options.headers },
    ...(isRead ? {} : { body: JSON.stringify(body ?? {}) }),
  }
  return answerOf<T>(await fetch(address, init).catch(() => null), address)
}

/** A file as it is, for the routes that take one. */
export async function sendFile<T>(address: string, file: Blob): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'text/csv' }
  const init: RequestInit = { method: 'POST', headers, body: file }
  return answerOf<T>(await fetch(address, init).catch(() => null), address)
}

export async function answerOf<T>(response: Response | null, address: string): Promise<T> {
  if (!response) throw new RequestFailed('unreachable', null, null)
  if (!response.ok) throw await failureOf(response, address)
  const answer: T = response.status === 204 ? undefined : await response.json()
  return answer
}

async function failureOf(response: Response, address: string): Promise<RequestFailed> {
  const problem: Problem | null = await response.json().catch(() => null)
  const retryAfter = retryAfterSeconds(response.headers.get('retry-after'))
  const kind = failureKind(response.status, retryAfter)
  if (kind === 'signed_out' && address !== '/api/session') onSignedOut()
  return new RequestFailed(kind, problemDetail(problem), retryAfter, {
    code: problem?.code ?? null,
    faults: problem?.errors ?? [],
  })
}
