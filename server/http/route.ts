import type { z } from 'zod'
import type { Role, SessionUser } from '#contract/staff.ts'

/** Who may call: everyone, everyone signed in, or these roles. */
export type Access = 'public' | 'signed_in' | readonly Role[]

export interface RouteContext<P, Q, B> {
  params: P
  query: Q
  body: B
  /** The body of a route with `raw`; empty on all others. */
  bytes: Uint8Array
  /** The body of a route with `stream`, to be read once; throws FileTooLarge and UploadBroken. */
  pieces: AsyncIterable<Uint8Array>
  /** Present on every route that is not public. */
  user: SessionUser
  sessionId: string
  requestId: string
  /** The peer's address, for throttling and audit. */
  address: string
  userAgent: string
  cookie: (name: string) => string | undefined
  setHeader: (name: string, value: string | readonly string[]) => void
}

/**
 * One route: the app mounts it, checks access, parses its inputs and lists it in the OpenAPI
 * document. Handlers get parsed values only and return what `response` describes.
 */
export interface RouteSpec<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** Express path below `/api`, e.g. `/tickets/:id`. */
  path: string
  summary: string
  access: Access
  /** NOC and field get the numbers in this answer, too: only where that is what was asked for. */
  showsNumbers?: boolean
  params?: P
  query?: Q
  body?: B
  /** Above it the answer is 413; 256 kB unless given. */
  bodyLimitKb?: number
  /** The body is a file of this type and at most so large instead of JSON. */
  raw?: { type: string; limitMb: number }
  /** The same, but it is handed on as it comes (`pieces`) and never held in memory. */
  stream?: { type: string; limitMb: number }
  /** It answers a `FileAnswer` instead of JSON. */
  sendsFile?: boolean
  response?: R
  /** 204 has no body. */
  status?: 200 | 201 | 202 | 204
  handler: (
    context: RouteContext<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<z.input<R>> | z.input<R>
}

export type Route = RouteSpec<z.ZodType, z.ZodType, z.ZodType, z.ZodType>

/** Keeps the types of one route's parts together, then forgets them for the table of routes. */
export function route<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(spec: RouteSpec<P, Q, B, R>): Route {
  return spec
}
