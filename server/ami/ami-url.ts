export interface AmiUser {
  username: string
  secret: string
}

/** A user of one Asterisk, whose name for us is the end of the URL. */
export interface PbxUser extends AmiUser {
  id: string
  host: string
  port: number
}

/** The parts of one AMI URL, or what is wrong with it: never the secret itself. */
export function parseAmiUrl(text: string): PbxUser | string {
  const url = URL.canParse(text) ? new URL(text) : null
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
