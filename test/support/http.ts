import type { Express } from 'express'
import request, { type Test } from 'supertest'
import type { SessionUser } from '../../server/contract/staff.ts'
import { createApp, type AppDeps } from '../../server/http/app.ts'
import { createMetrics } from '../../server/http/metrics.ts'
import type { Route } from '../../server/http/route.ts'
import { SESSION_COOKIE } from '../../server/http/session.ts'
import { createTestIds } from './ids.ts'
import { silentLogger } from './logger.ts'

export const TEST_ORIGIN = 'http://hotline.test'

export interface HttpClient {
  get(path: string): Test
  post(path: string, body?: object): Test
  patch(path: string, body?: object): Test
  put(path: string, body?: object): Test
  delete(path: string): Test
}

/**
 * The real HTTP side over some routes. `as(user)` speaks as that person without a database behind
 * the sessions: their token is their id.
 */
export function createTestApp(routes: Route[], overrides: Partial<AppDeps> = {}) {
  const people = new Map<string, SessionUser>()
  const app = createApp({
    routes,
    resolveSession: async (token) => {
      const user = people.get(token)
      return user ? { id: `session-${token}`, user } : null
    },
    checks: [],
    metrics: createMetrics(),
    logger: silentLogger,
    newId: createTestIds('request'),
    publicUrl: TEST_ORIGIN,
    trustProxy: 0,
    monitoringToken: null,
    browserPhone: null,
    appVersion: '0.0.0-test',
    pagesFolder: null,
    ...overrides,
  })
  return {
    app,
    anonymous: clientOf(app),
    as: (user: SessionUser): HttpClient => {
      people.set(user.id, user)
      return clientOf(app, `${SESSION_COOKIE}=${user.id}`)
    },
  }
}

/** A client that sends this cookie; paths are below `/api`. */
export function clientOf(app: Express, cookie?: string): HttpClient {
  const send = (test: Test, body?: object): Test => {
    const signed = cookie ? test.set('Cookie', cookie) : test
    return body ? signed.send(body) : signed.type('json')
  }
  return {
    get: (path) => send(request(app).get(`/api${path}`)),
    post: (path, body = {}) => send(request(app).post(`/api${path}`), body),
    patch: (path, body = {}) => send(request(app).patch(`/api${path}`), body),
    put: (path, body = {}) => send(request(app).put(`/api${path}`), body),
    delete: (path) => send(request(app).delete(`/api${path}`)),
  }
}

/** A signed-in person for tests; fields can be given. */
export function aUser(fields: Partial<SessionUser> = {}): SessionUser {
  return {
    id: `staff-${fields.role ?? 'agent'}`,
    username: fields.role ?? 'agent',
    displayName: 'Test Person',
    role: 'agent',
    extension: null,
    ...fields,
  }
}
