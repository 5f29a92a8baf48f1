import { describe, expect, it } from 'vitest'
import { ROLES, type Role } from '../../server/contract/staff.ts'
import type { Route } from '../../server/http/route.ts'
import { aUser, createTestApp, type HttpClient } from './http.ts'

/**
 * Walks a table of routes: nobody without a session gets in, nor with a role that is not meant.
 * Handlers are replaced, so that only the gate is tested; who is meant gets past it.
 */
export function describeAccess(name: string, routes: readonly Route[]): void {
  const gates = routes.map((entry) => ({ ...entry, handler: () => undefined }))
  const { anonymous, as } = createTestApp(gates.map(withoutShapes))

  describe(`access to ${name}`, () => {
    it.each(gates.map((entry) => [label(entry), entry] as const))('%s', async (_label, entry) => {
      const expected = entry.access === 'public' ? 'in' : 401
      expect(await outcome(anonymous, entry)).toBe(expected)
      const outcomes = await Promise.all(
        ROLES.map(async (role) => [role, await outcome(as(aUser({ role })), entry)]),
      )
      expect(outcomes).toEqual(ROLES.map((role) => [role, isMeant(entry, role) ? 'in' : 403]))
    })

    it('names each method and path once', () => {
      const labels = routes.map(label)
      expect(labels).toEqual([...new Set(labels)])
    })
  })
}

/** The gate comes before the shapes: without them every request that passes it is answered 204. */
function withoutShapes({ method, path, summary, access, handler }: Route): Route {
  return { method, path, summary, access, status: 204, handler }
}

async function outcome(client: HttpClient, { method, path }: Route): Promise<'in' | number> {
  const { status } = await client[method](path.replace(/:\w+/g, 'x1'))
  return status === 204 ? 'in' : status
}

function isMeant({ access }: Route, role: Role): boolean {
  return access === 'public' || access === 'signed_in' || access.includes(role)
}

function label({ method, path }: Route): string {
  return `${method.toUpperCase()} ${path}`
}
