import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readiness } from '../../server/contract/health.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'

const document = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        parameters: z.array(z.object({ in: z.string(), name: z.string() })).default([]),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
})

describe('a service whose PBX cannot be reached', () => {
  let hotline: Hotline
  beforeAll(async () => {
    hotline = await startHotline({ amiUrl: 'ami://nobody:nothing@127.0.0.1:1/pbx1' })
  })
  afterAll(() => hotline.stop())

  it('is alive, serves, and says what it waits for', async () => {
    expect((await fetch(`${hotline.url}/healthz`)).status).toBe(200)
    const answer = await fetch(`${hotline.url}/readyz`)
    expect(answer.status).toBe(503)
    const { status, checks } = readiness.parse(await answer.json())
    expect({ status, notOk: checks.filter(({ ok }) => !ok).map(({ name }) => name) }).toEqual({
      status: 'not_ready',
      notOk: ['pbx pbx1'],
    })
  })

  it('shows its figures', async () => {
    const text = await (await fetch(`${hotline.url}/metrics`)).text()
    expect(text).toContain('http_request_seconds_count')
    expect(text).toContain('hotline_sockets 0')
  })

  it('describes every route it serves, each once, with the parameters of its path', async () => {
    const body: unknown = await (await fetch(`${hotline.url}/api/openapi.json`)).json()
    const { openapi, paths } = document.parse(body)
    expect(openapi).toBe('3.1.0')
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    )
    expect(operations).toHaveLength(hotline.service.routes.length)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { path, parameters } of operations) {
      const declared = parameters.flatMap((one) => (one.in === 'path' ? [`{${one.name}}`] : []))
      expect([path, declared]).toEqual([path, path.match(/\{\w+\}/g) ?? []])
    }
    const references = JSON.stringify(body).match(/"#\/components\/schemas\/[^"]+"/g) ?? []
    const known = Object.keys(
      z
        .object({
          components: z.object({ schemas: z.record(z.string(), z.unknown()).default({}) }),
        })
        .parse(body).components.schemas,
    )
    expect(references.filter((one) => !known.includes(one.slice(22, -1)))).toEqual([])
  })
})
