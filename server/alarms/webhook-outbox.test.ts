import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWebhookOutbox, type ResolveName, WebhookFailed } from './webhook-outbox.ts'

/** A receiver on this machine, which private addresses must be allowed for. */
let server: Server
let port: number
let heard: { headers: IncomingHttpHeaders; body: string }[]
let answerWith: (response: ServerResponse) => void
/** Each name that was asked for. */
let asked: string[]

beforeEach(async () => {
  heard = []
  asked = []
  answerWith = (response) => void response.writeHead(204).end()
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += String(piece)))
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      answerWith(response)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
const resolves =
  (...addresses: string[]): ResolveName =>
  async (name) => {
    asked.push(name)
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }

function send(
  host: string,
  { resolve = resolves('127.0.0.1'), allowPrivate = true, limitMs = 5_000 } = {},
): Promise<void> {
  return createWebhookOutbox({ resolve, limitMs }).send({
    id: 'message-1',
    body: '{"type":"alarm.opened","note":"Đang chờ"}',
    secret: SECRET,
    url: `http://${host}:${port}/hook`,
    allowPrivate,
    timestamp: 1_795_000_000,
  })
}

describe('a message', () => {
  test('carries the headers of Standard Webhooks, signed so that the other side can check', async () => {
    await send('hooks.example.vn')
    const [{ headers, body } = { headers: {}, body: '' }] = heard
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
    const mac = createHmac('sha256', key).update(`message-1.1795000000.${body}`).digest('base64')
    expect(headers).toMatchObject({
      'webhook-id': 'message-1',
      'webhook-timestamp': '1795000000',
      'webhook-signature': `v1,${mac}`,
      'content-type': 'application/json',
      host: `hooks.example.vn:${port}`,
    })
    expect(body).toContain('Đang chờ')
  })

  test('goes to the address that was checked: the name is asked once and by nobody else', async () => {
    await send('no-such-name.invalid')
    expect([heard.length, asked]).toEqual([1, ['no-such-name.invalid']])
  })

  test.each([
    ['a name that leads into the house', 'hooks.example.vn', resolves('127.0.0.1')],
    ['one that leads there among others', 'hooks.example.vn', resolves('8.8.8.8', '10.0.0.1')],
    ['an IPv4 address as IPv6', 'hooks.example.vn', resolves('::ffff:127.0.0.1')],
    ['an address', '127.0.0.1', resolves()],
    ['a number that is one', '2130706433', resolves()],
    ['one of IPv6', '[::1]', resolves()],
    ['a mapped one', '[::ffff:127.0.0.1]', resolves()],
    ['the cloud’s own', '169.254.169.254', resolves()],
  ])('is refused to %s', async (_, host, resolve) => {
    const refused = send(host, { resolve, allowPrivate: false })
    await expect(refused).rejects.toThrow(/is within the house: an administrator must allow it/)
    expect(heard).toEqual([])
  })

  test('never goes to nobody’s address, whatever is allowed', async () => {
    const refused = send('hooks.example.vn', { resolve: resolves('0.0.0.0') })
    await expect(refused).rejects.toThrow(/0\.0\.0\.0 is no address that anything is sent to/)
    expect(heard).toEqual([])
  })

  test('that is redirected is not taken along, and the other place hears nothing', async () => {
    answerWith = (response) =>
      void response.writeHead(307, { Location: `http://127.0.0.1:${port}/elsewhere` }).end()
    await expect(send('hooks.example.vn')).rejects.toThrow(/redirects are refused/)
    expect(heard).toHaveLength(1)
  })

  test.each([
    ['says nothing', () => undefined],
    ['begins and never ends', (response: ServerResponse) => void response.write('a')],
  ])('to one who %s fails within the limit', async (_, answer) => {
    answerWith = answer
    const from = performance.now()
    await expect(send('hooks.example.vn', { limitMs: 100 })).rejects.toThrow(/took too long/)
    expect(performance.now() - from).toBeLessThan(3_000)
  })

  test('is not answered without end', async () => {
    answerWith = (response) => void response.end('x'.repeat(70_000))
    await expect(send('hooks.example.vn')).rejects.toThrow(/longer than 64 kB/)
  })

  test.each([400, 410, 500, 503])('that is answered %d failed', async (status) => {
    answerWith = (response) => void response.writeHead(status).end()
    await expect(send('hooks.example.vn')).rejects.toThrow(
      new WebhookFailed(`the other side answered ${status}`),
    )
  })

  test('to nobody who listens failed', async () => {
    server.close()
    await expect(send('hooks.example.vn')).rejects.toThrow(WebhookFailed)
  })
})

const refusal = (url: string, resolve: ResolveName, allowPrivate = false) =>
  createWebhookOutbox({ resolve }).refusalOf(url, allowPrivate)

describe('before it is saved', () => {
  test('a name that leads into the house is refused with its address', async () => {
    expect(await refusal('https://intra.example.vn', resolves('192.168.1.5'))).toContain(
      '192.168.1.5 is within the house',
    )
    expect(await refusal('https://intra.example.vn', resolves('192.168.1.5'), true)).toBeNull()
  })

  test('nothing is known against a name that leads nowhere yet, or outside', async () => {
    expect(
      await refusal('https://new.example.vn', () => Promise.reject(new Error('none'))),
    ).toBeNull()
    expect(await refusal('https://hooks.example.vn', resolves('8.8.8.8'))).toBeNull()
  })
})
