import { sessionView, signIn } from '#contract/staff.ts'
import { type Route, route } from '../http/route.ts'
import {
  deviceCookie,
  deviceCookieName,
  endedSessionCookies,
  sessionCookies,
} from '../http/session.ts'
import type { SessionService } from './session-service.ts'
import { REMEMBERED_DAYS } from './sign-in-throttle.ts'

export interface SessionCookieOptions {
  /** The cookie's own life; the session may end before. */
  maxAgeSeconds: number
  /** Whether browsers reach the service by https. */
  secure: boolean
}

export function sessionRoutes(sessions: SessionService, options: SessionCookieOptions): Route[] {
  const { maxAgeSeconds, secure } = options
  return [
    route({
      method: 'post',
      path: '/session',
      summary: 'Sign in',
      access: 'public',
      body: signIn,
      response: sessionView,
      async handler({ body, address, userAgent, cookie, setHeader }) {
        const deviceToken = cookie(deviceCookieName(secure)) ?? null
        const attempt = { ...body, address, userAgent, deviceToken }
        const { token, user, deviceToken: kept } = await sessions.signIn(attempt)
        setHeader('Set-Cookie', [
          ...sessionCookies(token, maxAgeSeconds, secure),
          deviceCookie(kept, REMEMBERED_DAYS * 24 * 3600, secure),
        ])
        return { user }
      },
    }),
    route({
      method: 'get',
      path: '/session',
      summary: 'Who am I',
      access: 'signed_in',
      response: sessionView,
      handler: ({ user }) => ({ user }),
    }),
    route({
      method: 'delete',
      path: '/session',
      summary: 'Sign out',
      access: 'signed_in',
      status: 204,
      async handler({ sessionId, user, setHeader }) {
        await sessions.signOut(sessionId, user)
        setHeader('Set-Cookie', endedSessionCookies(secure))
      },
    }),
  ]
}
