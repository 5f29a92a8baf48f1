/** Whether a request that changes something may come from where it says it does. */
export interface RequestOrigin {
  origin: string | undefined
  host: string | undefined
  secFetchSite: string | undefined
}

/**
 * Browsers name the page a request comes from; a page of another site is refused. Programs that are
 * no browsers send neither header and hold no cookie that a foreign page could use. Behind TLS a page
 * without it is another site.
 */
export function isOwnOrigin(request: RequestOrigin, publicUrl: string): boolean {
  const { origin, host, secFetchSite } = request
  if (secFetchSite !== undefined && !['same-origin', 'none'].includes(secFetchSite)) return false
  if (origin === undefined) return true
  if (origin === publicUrl) return true
  if (!URL.canParse(origin)) return false
  const { protocol, host: from } = new URL(origin)
  const isWeb = protocol === 'https:' || (protocol === 'http:' && !publicUrl.startsWith('https:'))
  return isWeb && from === host
}
