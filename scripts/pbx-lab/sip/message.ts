/**
 * One SIP message. All text is "binary": each character is one byte, so that names in broken
 * encodings pass through untouched.
 */
export type SipMessage = {
  /** Request line or status line, without its line end. */
  readonly start: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

const LONG_NAMES: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
}

/** Reads one datagram; null for anything that is not SIP (keep-alives). */
export function parseSip(text: string): SipMessage | null {
  const end = text.indexOf('\r\n\r\n')
  const [start, ...lines] = text.slice(0, end < 0 ? undefined : end).split('\r\n')
  if (start === undefined || !/SIP\/2\.0/.test(start)) return null
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
  })
  return { start, headers, body: end < 0 ? '' : text.slice(end + 4) }
}

/** The datagram of a message, with its Content-Length. */
export function formatSip(message: SipMessage): string {
  const lines = message.headers.map(([name, value]) => `${name}: ${value}`)
  lines.push(`Content-Length: ${message.body.length}`)
  return `${[message.start, ...lines].join('\r\n')}\r\n\r\n${message.body}`
}

/** First value of a header, whatever its case or short form; '' when absent. */
export function headerOf(message: SipMessage, name: string): string {
  return headersOf(message, name)[0] ?? ''
}

/** All values of a header in order. */
export function headersOf(message: SipMessage, name: string): string[] {
  const wanted = name.toLowerCase()
  return message.headers
    .filter(([key]) => (LONG_NAMES[key.toLowerCase()] ?? key.toLowerCase()) === wanted)
    .map(([, value]) => value)
}

/** 0 for a request, otherwise the status code. */
export function statusOf(message: SipMessage): number {
  return Number(/^SIP\/2\.0 (\d{3})/.exec(message.start)?.[1] ?? 0)
}

/** The request's method, '' for a response. */
export function methodOf(message: SipMessage): string {
  return /^([A-Z]+) \S+ SIP/.exec(message.start)?.[1] ?? ''
}

/** The user part of the request line's address: the number that was dialled. */
export function dialledOf(message: SipMessage): string {
  return /^[A-Z]+ sips?:([^@;> ]*)@/.exec(message.start)?.[1] ?? ''
}

/** The address inside <> of From, To, Contact. */
export function addressIn(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? ''
}

/** The dialog tag of From or To; '' when there is none. */
export function tagIn(value: string): string {
  return /;tag=([^;>\s]+)/.exec(value)?.[1] ?? ''
}

/** The fields of a WWW-Authenticate challenge. */
export function challengeIn(value: string): Record<string, string> {
  const fields = value.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)
  return Object.fromEntries(
    [...fields].map(([, key = '', quoted, bare]) => [key, quoted ?? bare ?? '']),
  )
}

/** Where the other side hears: the audio port of its SDP; null when there is none. */
export function audioPortOf(message: SipMessage): number | null {
  const port = /^m=audio (\d+) /m.exec(message.body)?.[1]
  return port === undefined ? null : Number(port)
}
