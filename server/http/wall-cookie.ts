import { cookieFrom, HOST_PREFIX, setCookie } from './session.ts'

const WALL_COOKIE = 'hotline_wall'
/** 400 days, the longest that browsers keep one. */
export const WALL_COOKIE_SECONDS = 400 * 86_400

/** By it a screen on the wall is known; it signs nobody in. */
export function wallCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return setCookie(wallCookieName(secure), token, maxAgeSeconds, secure)
}

export function wallCookieName(secure: boolean): string {
  return secure ? `${HOST_PREFIX}${WALL_COOKIE}` : WALL_COOKIE
}

export function wallTokenFrom(header: string | undefined, secure: boolean): string | undefined {
  return cookieFrom(header, wallCookieName(secure))
}
