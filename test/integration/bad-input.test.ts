import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problem } from '../../server/contract/primitives.ts'
import { ROLES, type Role } from '../../server/contract/staff.ts'
import type { Route } from '../../server/http/route.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { createHttpWire } from '../support/http-wire.ts'

const NOWHERE = 'ami://nobody:nothing@127.0.0.1:1/pbx1'

/** What people, programs and attackers put into a path, a query and a body. */
const PATHS = ['x1', '%00', 'a'.repeat(300), '%F0%9F%93%9E', "1'--", '..%2F..%2Fetc']
const QUERIES = [
  'limit=0',
  'limit=abc',
  'cursor=%00',
  'cursor=%27;--',
  'q=%25_%5C',
  'q=%00',
  'phone=%00',
  'status=%5B%5D',
  'limit=5&limit=6',
]
const BODIES: string[] = [
  '{}',
  '[]',
  'null',
  '{"__proto__":{"role":"admin"},"constructor":1}',
  '{"version":"1","state":7,"reason":{},"number":[],"note":1,"dueAt":"tomorrow","name":null}',
  '{"version":1e400,"inMinutes":-5,"subject":"\\u0000","note":"\\u0000","name":"\\u0000","reason":"\\u0000","number":"\\u0000","displayName":"\\u0000","kind":"\\u0000"}',
  '{"version":1',
  '{"version":9007199254740993,"subject":"\\ud800","note":"\\ud800","name":"\\ud800","reason":"\\ud800"}',
]

/** Routes that are attacked side by side, each with some thirty requests. */
const AT_ONCE = 8

for (const dialect of HOUSE_DIALECTS) {
  describe(`bad input on ${dialect}`, () => {
    let hotline: Hotline
    const wire = createHttpWire(() => hotline.url)
    const cookies = new Map<Role, string>()
    beforeAll(async () => {
      hotline = await startHotline({ amiUrl: NOWHERE, dialect })
      for (const role of ROLES) {
        const person = role === 'admin' ? hotline.admin : await hotline.hire(role, role)
        cookies.set(role, person.cookie)
      }
    })
    afterAll(async () => {
      wire.close()
      await hotline.stop()
    })

    /** Everything a route can be given wrongly, as somebody who may use it. */
    async function attack(route: Route): Promise<string[]> {
      const cookie = cookies.get(roleFor(route)) ?? ''
      const bodies = route.method === 'get' ? [null] : BODIES
      const paths = PATHS.map((value) => route.path.replace(/:\w+/g, value))
      const [path = '', ...otherPaths] = new Set(paths)
      const queries = QUERIES.map((query) => `${path}?${query}`)
      const answers = await Promise.all([
        ...bodies.map((body) => send(route, path, body, cookie)),
        // Only a body that can be read lets the rest of the address be looked at.
        ...[...otherPaths, ...queries].map((address) =>
          send(route, address, bodies.at(-1) ?? null, cookie),
        ),
      ])
      return answers.filter((fault) => fault !== null)
    }

    /** Null when the answer is clear; else what was sent and what came back. */
    async function send(route: Route, address: string, body: string | null, cookie: string) {
      const { method } = route
      const answer = await wire.send({ method, path: `/api${address}`, cookie, body })
      if (answer.status < 300) return null
      const known = problem.safeParse(parseJson(answer.text))
      const isClear = known.success && known.data.detail !== ''
      const isOurs = answer.status === 500 || !isClear
      return isOurs ? `${method} ${address} ${body} → ${answer.status} ${answer.text}` : null
    }

    it('is answered with what is wrong on every route, never with a fault of ours', async () => {
      const routes = hotline.service.routes.filter(({ path }) => path !== '/session')
      const faults: string[] = []
      for (let from = 0; from < routes.length; from += AT_ONCE) {
        const some = routes.slice(from, from + AT_ONCE)
        // oxlint-disable-next-line no-await-in-loop -- all at once are more than a socket queues
        faults.push(...(await Promise.all(some.map(attack))).flat())
      }
      expect(faults).toEqual([])
    }, 60_000)
  })
}

function roleFor({ access }: Route): Role {
  return typeof access === 'string' ? 'agent' : (access[0] ?? 'admin')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
