import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { problem } from '../contract/primitives.ts'
import type { Route } from './route.ts'

/** The OpenAPI 3.1 document of the very table that is served, so the two cannot differ. */
export function openApiDocument(
  routes: readonly Route[],
  version: string,
  cookieName: string,
): object {
  const paths: ZodOpenApiPathsObject = {}
  for (const route of routes) {
    const path = `/api${openApiPath(route.path)}`
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'DCNET hotline', version },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookieName } },
    },
  })
}

/** `/tickets/:id` → `/tickets/{id}`. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

const FILE = { type: 'string' } as const
const ANY_FILE = { 'application/octet-stream': { schema: FILE } } as const

function operation(route: Route): ZodOpenApiOperationObject {
  const file = route.raw ?? route.stream
  return {
    summary: route.summary,
    operationId: operationId(route),
    tags: [route.path.split('/')[1] ?? 'api'],
    security: route.access === 'public' ? [] : [{ session: [] }],
    ...(Array.isArray(route.access) ? { description: `Roles: ${route.access.join(', ')}.` } : {}),
    requestParams: {
      ...(route.params ? { path: asObject(route.params) } : {}),
      ...(route.query ? { query: asObject(route.query) } : {}),
    },
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
      : {}),
    ...(file
      ? { requestBody: { required: true, content: { [file.type]: { schema: FILE } } } }
      : {}),
    responses: responses(route),
  }
}

function responses(route: Route): ZodOpenApiResponsesObject {
  const done = route.response
    ? { description: 'Done', content: { 'application/json': { schema: route.response } } }
    : { description: 'Done', ...(route.sendsFile === true ? { content: ANY_FILE } : {}) }
  return {
    [`${route.status ?? 200}`]: done,
    default: {
      description: 'What is wrong, and what is right',
      content: { 'application/problem+json': { schema: problem } },
    },
  }
}

/** `get /tickets/:id/notes` → `get_tickets_id_notes`: unique because method and path are. */
function operationId(route: Route): string {
  return `${route.method}${route.path.replace(/[^\w]+/g, '_')}`.replace(/_$/, '')
}

/** Path and query schemas are objects; `Route` has forgotten it. */
function asObject(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema
  throw new Error('path and query of a route must be z.object')
}
