import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { seeWebSocket } from './see-websocket.ts'

const WAIT_MS = 300
let server: Server
const sockets: Duplex[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await new Promise((resolve) => void server.close(resolve))
})

/** A PBX whose WebSocket does so; answers its address. */
async function listen(open?: (request: IncomingMessage, socket: Duplex) => void): Promise<string> {
  server = createServer((_request, answer) => answer.writeHead(404).end())
  server.on('upgrade', (request, socket) => {
    sockets.push(socket)
    open?.(request, socket)
  })
  if (open === undefined) server.removeAllListeners('upgrade')
  await new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve(null)))
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP port
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`
}

function accept(protocol: string | null) {
  return ({ headers }: IncomingMessage, socket: Duplex) => {
    const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const lines = [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
      ...(protocol === null ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  }
}

/** What a client's frame of up to 65,535 bytes says. */
function unmasked(frame: Buffer): string {
  const head = (frame[1] ?? 0) === (0x80 | 126) ? 4 : 2
  const mask = frame.subarray(head, head + 4)
  return Buffer.from(
    frame.subarray(head + 4).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  ).toString()
}

test('a PBX that takes SIP is asked a question that changes nothing, and its answer is told', async () => {
  let asked = ''
  const url = await listen((request, socket) => {
    accept('sip')(request, socket)
    socket.on('data', (frame: Buffer) => {
      asked = unmasked(frame)
      const reply = 'SIP/2.0 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'
      socket.write(Buffer.concat([Buffer.from([0x81, reply.length]), Buffer.from(reply)]))
    })
  })
  expect(await seeWebSocket(url, WAIT_MS)).toEqual({
    outcome: 'answers',
    reply: 'SIP/2.0 401 Unauthorized',
  })
  expect(asked).toMatch(/^OPTIONS sip:doctor\.invalid SIP\/2\.0\r\n[^]*\r\n\r\n$/)
})

test.each([
  ['speaks something else', accept('echo'), { outcome: 'not_sip', protocol: 'echo' }],
  ['speaks nothing in particular', accept(null), { outcome: 'not_sip', protocol: '' }],
  ['takes SIP and is silent', accept('sip'), { outcome: 'silent' }],
  [
    'says nothing at all',
    () => undefined,
    { outcome: 'unreachable', because: 'no answer in 0.3 s' },
  ],
  ['is no WebSocket', undefined, { outcome: 'refused', status: 404 }],
] as const)('one that %s is told so', async (_what, open, seen) => {
  expect(await seeWebSocket(await listen(open), WAIT_MS)).toEqual(seen)
})

test('where nobody listens it is told why', async () => {
  const url = await listen()
  await new Promise((resolve) => void server.close(resolve))
  expect(await seeWebSocket(url, WAIT_MS)).toMatchObject({
    outcome: 'unreachable',
    because: expect.stringContaining('ECONNREFUSED'),
  })
  await listen()
})
