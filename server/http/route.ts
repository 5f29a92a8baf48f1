import type { z } from 'zod'
import type { Role, SessionUser } from '#contract/staff.ts'

/** Who may call: everyone, everyone signed in, or these roles. */
export type Access = 'public' | 'signed_in' | readonly Role[]

export interface RouteContext<P, Q, B> {
  params: P
  query: Q
  body: B
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
  params?: P
  query?: Q
  body?: B
  /** Above it the answer is 413; 256 kB unless given. */
  bodyLimitKb?: number
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
