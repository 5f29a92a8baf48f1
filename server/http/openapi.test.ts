import { expect, it } from 'vitest'
import { z } from 'zod'
import { createTestApp } from '../../test/support/http.ts'
import { instantInput } from '../contract/primitives.ts'
import { openApiPath } from './openapi.ts'
import { route } from './route.ts'

const routes = [
  route({
    method: 'patch',
    path: '/things/:id/parts/:part',
    summary: 'Change a part',
    access: ['agent', 'admin'],
    params: z.object({ id: z.string(), part: z.string() }),
    query: z.object({ dryRun: z.enum(['0', '1']).optional() }),
    body: z.object({ dueAt: instantInput }),
    response: z.object({ ok: z.boolean() }),
    handler: () => ({ ok: true }),
  }),
  route({
    method: 'delete',
    path: '/things/:id/parts/:part',
    summary: 'Remove a part',
    access: 'public',
    params: z.object({ id: z.string(), part: z.string() }),
    status: 204,
    handler: () => undefined,
  }),
]

it('describes the routes that are served, as OpenAPI 3.1', async () => {
  const { body } = await createTestApp(routes).anonymous.get('/openapi.json')
  expect(body.openapi).toMatch(/^3\.1\./)
  const { patch, delete: remove } = body.paths['/api/things/{id}/parts/{part}']
  expect(patch.security).toEqual([{ session: [] }])
  expect(patch.parameters.map((p: { name: string; in: string }) => `${p.in} ${p.name}`)).toEqual([
    'path id',
    'path part',
    'query dryRun',
  ])
  expect(patch.requestBody.content['application/json'].schema.required).toEqual(['dueAt'])
  expect(patch.responses['200'].content['application/json'].schema.type).toBe('object')
  expect(patch.responses.default.content).toHaveProperty('application/problem+json')
  expect(remove.security).toEqual([])
  expect(remove.responses).toHaveProperty('204')
  expect(patch.operationId).not.toBe(remove.operationId)
})

it('writes path parameters as OpenAPI does', () => {
  expect(openApiPath('/tickets/:id/notes')).toBe('/tickets/{id}/notes')
})
