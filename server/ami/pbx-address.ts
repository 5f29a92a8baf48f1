import { z } from 'zod'

export interface AmiUser {
  username: string
  secret: string
}

/** One Asterisk: `id` is ours, the end of its URL, and part of every call's identity. */
export interface PbxAddress extends AmiUser {
  id: string
  host: string
  port: number
  /** Who originates; the reading user itself unless AMI_DIALER_URL names another. */
  dialer: AmiUser
}

export type PbxUser = Omit<PbxAddress, 'dialer'>

/** Several separated by commas. */
export const amiUrls = z.string('is not set').transform((text, context): PbxUser[] => {
  const pbxs = partsOf(text).map(parseAmiUrl)
  const fault = pbxs.find((pbx) => typeof pbx === 'string')
  const found = pbxs.filter((pbx) => typeof pbx !== 'string')
  if (fault !== undefined) context.addIssue(fault)
  if (new Set(found.map((pbx) => pbx.id)).size < found.length)
    context.addIssue('names the same PBX twice')
  return found
})

export function partsOf(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim())
  return parts.filter(Boolean)
}

/** The parts of one AMI URL, or what is wrong with it: never the secret itself. */
function parseAmiUrl(text: string): PbxUser | string {
  const url = urlOf(text)
  if (url?.protocol !== 'ami:')
    return 'must be ami://user:secret@host:port/name (more: separated by commas)'
  if (!url.username || !url.password) return 'lacks the user or the secret (ami://user:secret@…)'
  if (!url.hostname) return 'lacks the host'
  const [username, secret] = [decoded(url.username), decoded(url.password)]
  if (username === null || secret === null)
    return 'has a % that is no escape in the user or the secret: write it as %25'
  const id = url.pathname.slice(1)
  if (!/^[\w-]{1,32}$/.test(id))
    return 'must end in a name for the PBX of letters, digits, _ or - (…:5038/pbx1)'
  return {
    id,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : 5038,
    username,
    secret,
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}
