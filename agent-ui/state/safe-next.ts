/** A path inside this page to return to after signing in again; anything else is dropped. */
export function safeNext(next: string | undefined): string | null {
  return next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in')
    ? next
    : null
}
