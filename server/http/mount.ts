import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { AS_PERSON, type Role } from '../contract/staff.ts'
import {
  Conflict,
  FileTooLarge,
  Forbidden,
  InvalidInput,
  NotSignedIn,
  unprocessable,
} from '../errors.ts'
import { refusalOfSearch, shownTo } from '../teams/masked-number.ts'
import { FileAnswer, piecesOf, sendFile } from './file-answer.ts'
import type { Access, Route, RouteContext } from './route.ts'
import {
  cookieFrom,
  type LiveSession,
  type ResolveSession,
  sessionCookies,
  sessionTokenFrom,
} from './session.ts'
import { parsePart } from './validate.ts'

const BODY_LIMIT_KB = 256

/** Whose request it is, between the steps of one route. */
const sessions = new WeakMap<Request, LiveSession>()

/** What handlers of public routes get as `user`; it may do nothing. */
const NOBODY = { id: '', username: '', displayName: '', role: 'agent', extension: null } as const

export interface MountOptions {
  resolveSession: ResolveSession
  /** Whether browsers reach the service by https. */
  secure: boolean
}

/**
 * The routes of the table, each as: session → access → body → validation → handler → response. A
 * request that may not do this is answered before its body is read.
 */
export function mountRoutes(routes: readonly Route[], options: MountOptions): Router {
  const router = Router({ caseSensitive: true })
  for (const route of routes) {
    router[route.method](route.path, admit(route.access, options), readBody(route), answer(route))
  }
  return router
}

export function mayAccess(access: Access, role: Role | null): 'yes' | 'sign_in' | 'no' {
  if (access === 'public') return 'yes'
  if (role === null) return 'sign_in'
  return access === 'signed_in' || access.includes(role) ? 'yes' : 'no'
}

function admit(access: Access, { resolveSession, secure }: MountOptions): RequestHandler {
  return async (request, response, next) => {
    const token = sessionTokenFrom(request.headers.cookie, secure)
    const session = token && access !== 'public' ? await resolveSession(token) : null
    const renewedFor = session?.renewedForSeconds
    // here and not with the answer: a request that fails later has extended the session, too
    if (token && renewedFor) {
      response.setHeader('Set-Cookie', sessionCookies(token, renewedFor, secure))
    }
    switch (mayAccess(access, session?.user.role ?? null)) {
      case 'yes':
        if (session) {
          requireMeant(request, session)
          sessions.set(request, session)
          response.locals['role'] = session.user.role
        }
        next()
        return
      case 'sign_in':
        throw new NotSignedIn('sign in first')
      case 'no':
        throw new Forbidden(`your role may not do this (${session?.user.role})`)
    }
  }
}

/** Whoever sends what another person left behind would be its author. */
function requireMeant(request: Request, { user }: LiveSession): void {
  const meant = request.headers[AS_PERSON]
  if (meant === undefined || meant === user.id) return
  throw new Conflict('somebody else is signed in here now: nothing was done', 'other_person')
}

function readBody({ method, raw, stream, bodyLimitKb = BODY_LIMIT_KB }: Route): RequestHandler {
  if (!['post', 'put', 'patch'].includes(method)) return (_request, _response, next) => next()
  const type = (raw ?? stream)?.type ?? 'application/json'
  const parse = raw
    ? express.raw({ limit: `${raw.limitMb}mb`, type })
    : express.json({ limit: bodyLimitKb * 1024, type })
  return (request, response, next) => {
    // a browser cannot send either from another site's form; `refuseForeignOrigin` came before
    const [given = ''] = (request.headers['content-type'] ?? '').split(';')
    if (given.trim().toLowerCase() !== type) {
      throw new UnsupportedMedia(`send Content-Type: ${type}`)
    }
    if (stream) next()
    else parse(request, response, (error?: unknown) => next(tooLarge(error, raw) ?? error))
  }
}

/** The limit of a file is its route's; that of JSON is said by `problem.ts`. */
function tooLarge(error: unknown, raw: Route['raw']): Error | null {
  if (raw === undefined || !(error instanceof Error)) return null
  const isTooLarge = 'type' in error && error.type === 'entity.too.large'
  return isTooLarge ? new FileTooLarge(raw.limitMb) : null
}

class UnsupportedMedia extends Error {
  override readonly name = 'UnsupportedMedia'
  readonly status = 415
}

function answer(route: Route): RequestHandler {
  return async (request, response) => {
    const { role } = sessions.get(request)?.user ?? NOBODY
    refuseNumberSearch(role, request)
    const result = await route.handler(contextOf(route, request, response))
    if (result instanceof FileAnswer) {
      await sendFile(result, request, response)
      return
    }
    const status = route.status ?? 200
    if (status === 204) {
      response.status(204).end()
      return
    }
    const body = route.response ? route.response.parse(result) : result
    response.status(status).json(route.showsNumbers === true ? body : shownTo(role, body))
  }
}

/** Parameters by which people look for words or numbers. */
const SEARCHES = ['q', 'phone', 'number']

function refuseNumberSearch(role: Role, request: Request): void {
  for (const name of SEARCHES) {
    const asked = request.query[name]
    const refusal = typeof asked === 'string' ? refusalOfSearch(role, asked) : null
    if (refusal !== null) throw unprocessable(name, refusal, 'no_number_search')
  }
}

function contextOf(
  route: Route,
  request: Request,
  response: Response,
): RouteContext<unknown, unknown, unknown> {
  const session = sessions.get(request)
  return {
    params: parsePart(route.params, request.params, 'path'),
    query: parsePart(route.query, request.query, 'query'),
    body: route.raw || route.stream ? undefined : parsePart(route.body, bodyOf(request), 'body'),
    bytes: bytesOf(request),
    pieces: piecesOf(request, route.stream?.limitMb ?? 0),
    user: session?.user ?? NOBODY,
    sessionId: session?.id ?? '',
    requestId: String(response.getHeader('X-Request-Id')),
    address: request.ip ?? '',
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    cookie: (name) => cookieFrom(request.headers.cookie, name),
    setHeader: (name, value) => void response.setHeader(name, value),
  }
}

/** A command without a body is an empty one: then each missing field is named. */
function bodyOf(request: Request): unknown {
  const body: unknown = request.body ?? {}
  if (typeof body === 'object' && !Array.isArray(body)) return body
  throw new InvalidInput('the body must be a JSON object')
}

function bytesOf(request: Request): Uint8Array {
  const body: unknown = request.body
  return body instanceof Uint8Array ? body : new Uint8Array()
}
