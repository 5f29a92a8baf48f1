import { parseCookie, stringifySetCookie } from 'cookie'
import type { SessionUser } from '../contract/staff.ts'

export const SESSION_COOKIE = 'hotline_session'
const DEVICE_COOKIE = 'hotline_device'
/** Browsers take a cookie of such a name from this very host alone, by https. */
export const HOST_PREFIX = '__Host-'
/**
 * How tokens begin that were made behind TLS. Under the plain name, which a sibling domain can plant,
 * only sessions from before the prefix are taken; they end within a week.
 */
const TLS_MARK = 'tls.'

/** Who a session's cookie belongs to; `id` is what the database knows it by. */
export interface LiveSession {
  id: string
  user: SessionUser
  /** The session was extended by this request: its cookie must live this long from now on. */
  renewedForSeconds?: number
}

/** The session of a cookie's token, or null when it is unknown, over, or its person inactive. */
export type ResolveSession = (token: string) => Promise<LiveSession | null>

/** What the cookie is called; `secure` when the service is reached by https. */
export function sessionCookieName(secure: boolean): string {
  return secure ? `${HOST_PREFIX}${SESSION_COOKIE}` : SESSION_COOKIE
}

/** A token as it is given out and stored from now on. */
export function markToken(token: string, secure: boolean): string {
  return secure ? `${TLS_MARK}${token}` : token
}

/** The `Set-Cookie` values that sign in, and put a cookie of the plain name away. */
export function sessionCookies(token: string, maxAgeSeconds: number, secure: boolean): string[] {
  const own = setCookie(sessionCookieName(secure), token, maxAgeSeconds, secure)
  return secure ? [own, setCookie(SESSION_COOKIE, '', 0, secure)] : [own]
}

/** The `Set-Cookie` values that sign out. */
export function endedSessionCookies(secure: boolean): string[] {
  return sessionCookies('', 0, secure)
}

/** The token of the session in a `Cookie` header. */
export function sessionTokenFrom(header: string | undefined, secure: boolean): string | undefined {
  const own = cookieFrom(header, sessionCookieName(secure))
  if (own !== undefined || !secure) return own
  const plain = cookieFrom(header, SESSION_COOKIE)
  return plain?.startsWith(TLS_MARK) ? undefined : plain
}

/** By it a browser is known again that somebody has signed in with; it signs nobody in. */
export function deviceCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return setCookie(deviceCookieName(secure), token, maxAgeSeconds, secure)
}

export function deviceCookieName(secure: boolean): string {
  return secure ? `${HOST_PREFIX}${DEVICE_COOKIE}` : DEVICE_COOKIE
}

export function setCookie(name: string, value: string, maxAge: number, secure: boolean): string {
  return stringifySetCookie({
    name,
    value,
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure,
    maxAge,
  })
}

/** The value of one cookie in a `Cookie` header. */
export function cookieFrom(header: string | undefined, name: string): string | undefined {
  return header ? parseCookie(header)[name] : undefined
}
