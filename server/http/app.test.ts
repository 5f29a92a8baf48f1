import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import request from 'supertest'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aUser, createTestApp, TEST_ORIGIN } from '../../test/support/http.ts'
import { createRecordingLogger } from '../../test/support/logger.ts'
import { AS_PERSON } from '../contract/staff.ts'
import { Conflict, NotFound, TooManyRequests, Unavailable, unprocessable } from '../errors.ts'
import { PbxNotReady } from '../ports.ts'
import { route } from './route.ts'

const throwing = (path: string, error: () => Error) =>
  route({
    method: 'get',
    path,
    summary: 'throws',
    access: 'public',
    handler: () => {
      throw error()
    },
  })

const routes = [
  route({
    method: 'post',
    path: '/things/:id',
    summary: 'A thing',
    access: ['agent'],
    params: z.object({ id: z.string().max(5) }),
    query: z.object({ limit: z.coerce.number().int().max(9).default(3) }),
    body: z.object({ name: z.string().min(2), size: z.number().optional() }),
    response: z.object({ id: z.string(), name: z.string(), by: z.string(), limit: z.number() }),
    status: 201,
    handler: ({ params, body, query, user }) => ({
      ...params,
      ...body,
      ...query,
      by: user.username,
      password_hash: 'never shown',
    }),
  }),
  route({
    method: 'post',
    path: '/open',
    summary: 'For everyone',
    access: 'public',
    body: z.object({ text: z.string() }),
    status: 204,
    handler: () => undefined,
  }),
  throwing('/lost', () => new NotFound('thing', '7')),
  throwing('/stale', () => new Conflict('somebody was faster')),
  throwing('/often', () => new TooManyRequests('wait a little', 29.2)),
  throwing('/down', () => new Unavailable('not now')),
  throwing('/no-pbx', () => new PbxNotReady('the PBX pbx1 is not connected')),
  throwing('/undiallable', () => unprocessable('number', 'must be 10 digits')),
  throwing('/full', () =>
    Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }),
  ),
  throwing('/silent', () => new Error('Query read timeout')),
  throwing('/broken', () => new Error('secret inner words')),
]

const { app, anonymous, as } = createTestApp(routes)
const agent = as(aUser())

describe('a route', () => {
  it('gets parsed values and answers only what its schema describes', async () => {
    const answer = await agent.post('/things/a1?limit=5', { name: 'box', other: 1 })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ id: 'a1', name: 'box', by: 'agent', limit: 5 })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' })
  })

  it('needs a session, and the right role', async () => {
    expect((await anonymous.post('/things/a1', { name: 'box' })).status).toBe(401)
    const noc = await as(aUser({ role: 'noc' })).post('/things/a1', { name: 'box' })
    expect(noc.status).toBe(403)
    expect(noc.headers['content-type']).toContain('application/problem+json')
    expect(noc.body).toMatchObject({ title: 'Forbidden', status: 403 })
  })

  it('that is one person’s alone is refused in the session of another', async () => {
    const lan = as(aUser({ id: 'lan' }))
    const path = '/things/a1?limit=5'
    const own = await lan.post(path, { name: 'box' }).set(AS_PERSON, 'lan')
    expect(own.status).toBe(201)
    const other = await lan.post(path, { name: 'box' }).set(AS_PERSON, 'mai')
    expect(other.status).toBe(409)
    expect(other.body).toMatchObject({ errors: [{ code: 'other_person' }] })
  })

  it('answers 401 to a cookie that means nothing', async () => {
    const answer = await request(app)
      .post('/api/things/a1')
      .set('Cookie', 'hotline_session=guessed')
      .send({ name: 'box' })
    expect(answer.status).toBe(401)
  })
})

describe('input of the wrong shape', () => {
  it('is answered with 400, each field, what was wrong and what is right', async () => {
    const answer = await agent.post('/things/a1', { name: 'x', size: 'big' })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'the body is not as it should be',
      errors: [
        { path: 'name', message: 'Too small: expected string to have >=2 characters' },
        { path: 'size', message: 'Invalid input: expected number, received string' },
      ],
    })
  })

  it('names the part: path, query or body', async () => {
    const path = await agent.post('/things/too-long', { name: 'box' })
    expect(path.body).toMatchObject({ status: 400, detail: 'the path is not as it should be' })
    const query = await agent.post('/things/a1?limit=99', { name: 'box' })
    expect(query.body).toMatchObject({ status: 400, errors: [{ path: 'limit' }] })
    const none = await agent.post('/things/a1')
    expect(none.body).toMatchObject({ status: 400, errors: [{ path: 'name' }] })
  })

  it.each([
    ['not JSON', '{"text": ', 400, 'the body is not valid JSON'],
    ['a list', '[]', 400, 'the body must be a JSON object'],
    ['a text', '"x"', 400, 'the body is not valid JSON'],
    [
      '1 MB',
      JSON.stringify({ text: 'x'.repeat(1_000_000) }),
      413,
      'the body is larger than 256 kB',
    ],
  ])('%s is refused', async (_what, body, status, detail) => {
    const answer = await request(app).post('/api/open').type('json').send(body)
    expect(answer.status).toBe(status)
    expect(answer.body.detail).toBe(detail)
  })

  it('takes commands as JSON only, so that a foreign form cannot send one', async () => {
    const answer = await request(app).post('/api/open').type('form').send('text=x')
    expect(answer.status).toBe(415)
    const bare = await request(app).post('/api/open')
    expect(bare.status).toBe(415)
  })

  it('holds no NUL, which PostgreSQL cannot keep', async () => {
    const body = await agent.post('/things/a1', { name: 'box', more: [{ x: 'a\0b' }] })
    expect(body.body.errors).toEqual([
      { path: 'more.0.x', message: 'must not hold the character U+0000' },
    ])
    expect((await agent.post('/things/%00', { name: 'box' })).status).toBe(400)
  })

  it('does not fall over an address that cannot be decoded', async () => {
    const answer = await agent.post('/things/%E0%A4%A', { name: 'box' })
    expect(answer.status).toBe(400)
  })
})

function send(headers: Record<string, string>) {
  return request(app).post('/api/open').set(headers).send({ text: 'x' })
}

describe('where a command comes from', () => {
  it('may be our own page or no page at all', async () => {
    expect((await send({})).status).toBe(204)
    expect((await send({ Origin: TEST_ORIGIN })).status).toBe(204)
    const lan = { Host: '192.0.2.7:8080', Origin: 'http://192.0.2.7:8080' }
    expect((await send({ ...lan, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(204)
  })

  it('may not be a page of another site', async () => {
    expect((await send({ Origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({ Origin: 'null' })).status).toBe(403)
    expect((await send({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await send({ 'Sec-Fetch-Site': 'same-site' })).status).toBe(403)
  })
})

describe('errors', () => {
  it.each(['/full', '/silent'])('%s: a database that cannot be used is 503', async (path) => {
    const { logger, lines } = createRecordingLogger()
    const answer = await createTestApp(routes, { logger }).anonymous.get(path)
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.body.detail).toBe(
      'the database cannot be used right now: wait a few seconds and try again',
    )
    expect(lines.map((line) => line['msg'])).toContain(
      'request failed: the database cannot be used now',
    )
  })

  it.each([
    ['/lost', 404, 'there is no thing "7"'],
    ['/stale', 409, 'somebody was faster'],
    ['/often', 429, 'wait a little'],
    ['/down', 503, 'not now'],
    ['/no-pbx', 503, 'the PBX pbx1 is not connected'],
    ['/undiallable', 422, 'must be 10 digits'],
    ['/nowhere', 404, 'there is no route "GET /api/nowhere"'],
  ])('%s is %i', async (path, status, detail) => {
    const answer = await anonymous.get(path)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ status, detail })
  })

  it('says when to try again', async () => {
    expect((await anonymous.get('/often')).headers['retry-after']).toBe('30')
  })

  it('logs what nobody expected once, with the id that the answer names', async () => {
    const { logger, lines } = createRecordingLogger()
    const answer = await createTestApp(routes, { logger }).anonymous.get('/broken')
    expect(answer.status).toBe(500)
    expect(answer.body.detail).not.toContain('secret')
    const errors = lines.filter((line) => line['level'] === 50)
    expect(errors).toHaveLength(1)
    expect(answer.body.detail).toContain(errors[0]?.['requestId'])
  })
})

describe('the request log', () => {
  it('writes the route, not the address, so that no number reaches the log', async () => {
    const { logger, lines } = createRecordingLogger()
    const client = createTestApp(routes, { logger }).as(aUser())
    await client.post('/things/09123?limit=3&phone=0912345678', { name: 'box' })
    expect(lines).toEqual([
      expect.objectContaining({ method: 'POST', route: '/api/things/:id', status: 201 }),
    ])
    expect(JSON.stringify(lines)).not.toContain('0912')
  })

  it("keeps the caller's request id when it is a plausible one", async () => {
    const kept = await anonymous.get('/lost').set('X-Request-Id', 'abcdef-123456')
    expect(kept.headers['x-request-id']).toBe('abcdef-123456')
    const replaced = await anonymous.get('/lost').set('X-Request-Id', 'bad id\t{}')
    expect(replaced.headers['x-request-id']).toMatch(/^request-/)
  })
})

describe('headers', () => {
  it('let only our own scripts run and nobody frame the pages', async () => {
    const { headers } = await request(app).get('/healthz')
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).toContain("connect-src 'self' ws://hotline.test")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  })

  it('let pages reach the PBX for the browser phone, and nothing else', async () => {
    const browserPhone = { url: 'wss://pbx.example.vn:8089/ws' }
    const { headers } = await request(createTestApp([], { browserPhone }).app).get('/healthz')
    const policy = headers['content-security-policy']
    expect(policy).toMatch(/connect-src 'self' ws:\/\/hotline\.test wss:\/\/pbx\.example\.vn:8089;/)
    expect(headers['permissions-policy']).toContain('microphone=(self)')
  })

  it('ask for TLS only where there is TLS', async () => {
    const secure = createTestApp([], { publicUrl: 'https://hotline.example.vn' })
    const { headers } = await request(secure.app).get('/healthz')
    expect(headers['strict-transport-security']).toContain('max-age=31536000')
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests')
  })
})

describe('the pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'))
  const script = join(folder, 'assets', 'app-abc123.js')
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>hotline</title>')
  writeFileSync(script, 'void 0')
  writeFileSync(`${script}.br`, brotliCompressSync('void 0'))
  writeFileSync(`${script}.gz`, gzipSync('void 0'))
  const withPages = createTestApp(routes, { pagesFolder: folder })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('keep hashed files for a year and ask for index.html each time', async () => {
    const asset = await request(withPages.app).get('/assets/app-abc123.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const index = await request(withPages.app).get('/')
    expect(index.text).toBe('<title>hotline</title>')
    expect(index.headers['cache-control']).toBe('no-cache')
  })

  it.each([
    ['br', 'gzip, deflate, br, zstd'],
    ['gzip', 'gzip, deflate'],
    [undefined, 'identity'],
  ])('come as %s to who accepts %s, as the build left them', async (encoding, accepted) => {
    const asset = await request(withPages.app)
      .get('/assets/app-abc123.js')
      .set('Accept-Encoding', accepted)
    expect(asset.headers['content-encoding']).toBe(encoding)
    expect(asset.headers['content-type']).toMatch(/^text\/javascript/)
    expect(asset.headers['vary']).toContain('Accept-Encoding')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(asset.text).toBe('void 0')
  })

  it('answer every address of the app with index.html, but not the API and not lost assets', async () => {
    const deep = await request(withPages.app).get('/tickets/42').set('Accept', 'text/html')
    expect(deep.text).toBe('<title>hotline</title>')
    expect((await request(withPages.app).get('/assets/gone.js')).status).toBe(404)
    expect((await request(withPages.app).get('/api/nowhere')).status).toBe(404)
  })
})
