import { randomBytes } from 'node:crypto'
import { type ClientRequest, type IncomingMessage, request as askPlain } from 'node:http'
import { request as askByTls } from 'node:https'
import type { Duplex } from 'node:stream'

/** How far a browser phone would come at this address. */
export type WebSocketSeen =
  | { outcome: 'unreachable'; because: string }
  /** Somebody answers, but opens no WebSocket. */
  | { outcome: 'refused'; status: number }
  /** A WebSocket opens that does not speak SIP. */
  | { outcome: 'not_sip'; protocol: string }
  /** It takes `sip` and answers no SIP request. */
  | { outcome: 'silent' }
  | { outcome: 'answers'; reply: string }

/** Opens a WebSocket as a page does, and asks a SIP question that changes nothing. */
export async function seeWebSocket(url: string, waitMs: number): Promise<WebSocketSeen> {
  const opened = await open(url, waitMs)
  if ('outcome' in opened) return opened
  const { socket, protocol } = opened
  try {
    if (protocol !== 'sip') return { outcome: 'not_sip', protocol }
    const reply = await askSip(socket, waitMs)
    return reply === null ? { outcome: 'silent' } : { outcome: 'answers', reply }
  } finally {
    socket.destroy()
  }
}

interface Opened {
  socket: Duplex
  protocol: string
}

function open(url: string, waitMs: number): Promise<Opened | WebSocketSeen> {
  const { promise, resolve } = Promise.withResolvers<Opened | WebSocketSeen>()
  const request = upgradeRequest(new URL(url))
  request.setTimeout(waitMs, () => request.destroy(new Error(`no answer in ${waitMs / 1000} s`)))
  request.on('upgrade', ({ headers }: IncomingMessage, socket: Duplex) =>
    resolve({ socket, protocol: headers['sec-websocket-protocol'] ?? '' }),
  )
  request.on('response', (answer: IncomingMessage) => {
    answer.destroy()
    resolve({ outcome: 'refused', status: answer.statusCode ?? 0 })
  })
  request.on('error', (error) => resolve({ outcome: 'unreachable', because: reasonOf(error) }))
  request.end()
  return promise
}

function upgradeRequest(url: URL): ClientRequest {
  const isTls = url.protocol === 'wss:'
  const ask = isTls ? askByTls : askPlain
  return ask({
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port || (isTls ? 443 : 80),
    path: url.pathname + url.search,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': 13,
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Protocol': 'sip',
    },
  })
}

/** The code says what it is: a certificate's fault has the same words for all. */
function reasonOf(error: Error): string {
  return 'code' in error && error.message === '' ? String(error.code) : error.message
}

/** The first line of the answer to OPTIONS; null when none comes. */
function askSip(socket: Duplex, waitMs: number): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const timer = setTimeout(resolve, waitMs, null)
  let heard = ''
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1')
    const line = /SIP\/2\.0 \d{3}[^\r\n]*/.exec(heard)?.[0]
    if (line !== undefined) resolve(line)
  })
  socket.on('close', () => resolve(null))
  socket.on('error', () => resolve(null))
  socket.write(maskedText(optionsRequest()))
  return promise.finally(() => clearTimeout(timer))
}

function optionsRequest(): string {
  const id = randomBytes(8).toString('hex')
  return [
    'OPTIONS sip:doctor.invalid SIP/2.0',
    `Via: SIP/2.0/WS doctor.invalid;branch=z9hG4bK${id};rport`,
    `From: <sip:doctor@doctor.invalid>;tag=${id}`,
    'To: <sip:doctor.invalid>',
    `Call-ID: ${id}@doctor.invalid`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}

const FINAL_TEXT = 0x81
const MASKED = 0x80
const TWO_BYTES_OF_LENGTH = 126

/** One frame of text as clients send it (RFC 6455 §5.2), of up to 65,535 bytes. */
function maskedText(text: string): Buffer {
  const mask = randomBytes(4)
  const payload = Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  const head =
    payload.length < TWO_BYTES_OF_LENGTH
      ? [FINAL_TEXT, MASKED | payload.length]
      : [FINAL_TEXT, MASKED | TWO_BYTES_OF_LENGTH, payload.length >> 8, payload.length & 0xff]
  return Buffer.concat([Buffer.from(head), mask, payload])
}
