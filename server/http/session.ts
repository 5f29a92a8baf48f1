import { parseCookie, stringifySetCookie } from 'cookie'
import type { SessionUser } from '../contract/staff.ts'

export const SESSION_COOKIE = 'hotline_session'

/** Who a session's cookie belongs to; `id` is what the database knows it by. */
export interface LiveSession {
  id: string
  user: SessionUser
  /** The session was extended by this request: its cookie must live this long from now on. */
  renewedForSeconds?: number
}

/** The session of a cookie's token, or null when it is unknown, over, or its person inactive. */
export type ResolveSession = (token: string) => Promise<LiveSession | null>

/** The `Set-Cookie` value that signs in; `secure` when the service is reached by https. */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return stringifySetCookie({
    name: SESSION_COOKIE,
    value: token,
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure,
    maxAge: maxAgeSeconds,
  })
}

/** The `Set-Cookie` value that signs out. */
export function endedSessionCookie(secure: boolean): string {
  return sessionCookie('', 0, secure)
}

/** The value of one cookie in a `Cookie` header. */
export function cookieFrom(header: string | undefined, name: string): string | undefined {
  return header ? parseCookie(header)[name] : undefined
}
