import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendarView } from '../../server/contract/calendar.ts'
import { callbackView } from '../../server/contract/callbacks.ts'
import { customer } from '../../server/contract/customers.ts'
import { ROLES, type Role, staffMember } from '../../server/contract/staff.ts'
import { ticket } from '../../server/contract/tickets.ts'
import type { Route } from '../../server/http/route.ts'
import { DIALECTS, IS_WHOLE, type TestDialect } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { createHttpWire } from '../support/http-wire.ts'
import { NASTY, NASTY_TEXT, nastyTo, plausibleFields } from '../support/nasty-values.ts'
import type { Person } from '../support/person.ts'
import { shownAfter } from '../support/queue-floor.ts'
import { createFakeTelephony } from '../support/telephony.ts'

const AT_ONCE = 8
/**
 * Every sixth request, from another one on for each route: each value stands in some thirty fields.
 * In the whole check each stands in all of them.
 */
const TRIED_EVERY = IS_WHOLE ? 1 : 6
const PLAUSIBLE_PART: Record<string, string> = { extension: '201', category: 'VPN', number: '1' }

for (const dialect of DIALECTS) {
  describe(`nasty input on ${dialect}`, () => {
    let hotline: Hotline
    const wire = createHttpWire(() => hotline.url)
    const people = new Map<Role, Person>()
    /** A row that is there, by the first word of the routes that name one. */
    const ids = new Map<string, string>()

    beforeAll(async () => {
      const telephony = { ...createFakeTelephony(), start() {}, async stop() {} }
      hotline = await startHotline({
        amiUrl: 'ami://a:b@127.0.0.1:1/pbx1',
        dialect,
        createTelephony(ears) {
          telephony.onMembership((order, pbxId) => {
            ears.onQueueEvent({ pbxId, at: new Date().toISOString(), ...shownAfter(order) })
          })
          return telephony
        },
      })
      for (const role of ROLES) {
        const extension = role === 'agent' ? '201' : undefined
        people.set(
          role,
          role === 'admin' ? hotline.admin : await hotline.hire(role, role, extension),
        )
      }
      const { admin } = hotline
      const lan = { username: 'lan', displayName: 'Lan', role: 'agent', password: 'long enough' }
      ids.set('staff', (await admin.send('POST', '/staff', lan, staffMember)).id)
      ids.set('customers', (await admin.send('POST', '/customers', { name: 'An' }, customer)).id)
      const order = { channel: 'counter', number: '0912345678' }
      const agent = people.get('agent') ?? admin
      const opened = await agent.send('POST', '/tickets', order, ticket)
      ids.set('tickets', opened.id)
      const path = `/tickets/${opened.id}/callbacks`
      const promise = await agent.send('POST', path, { inMinutes: 600 }, callbackView)
      ids.set('callbacks', promise.id)
    })
    afterAll(async () => {
      wire.close()
      await hotline.stop()
    })

    const ofRoute = (path: string) => ids.get(path.split('/')[1] ?? '') ?? 'x1'

    /** What came back when it was a fault of ours; null else. */
    async function send(route: Route, address: string, body: string | null) {
      const { access } = route
      const person = people.get(typeof access === 'string' ? 'agent' : (access[0] ?? 'admin'))
      const cookie = person?.cookie ?? ''
      const { method } = route
      const { status, text } = await wire.send({ method, path: `/api${address}`, cookie, body })
      if (status < 500) return null
      return `${method} ${address} ${body?.slice(0, 200)} → ${status} ${text}`
    }

    async function faultsOf(route: Route, turn: number): Promise<string[]> {
      const faults: (string | null)[] = []
      const all = [...requestsOf(route, ofRoute(route.path), dialect)]
      const requests = all.filter((_request, at) => (at + turn) % TRIED_EVERY === 0)
      for (let from = 0; from < requests.length; from += AT_ONCE) {
        const some = requests.slice(from, from + AT_ONCE)
        // oxlint-disable-next-line no-await-in-loop
        faults.push(...(await Promise.all(some.map((one) => send(route, one.address, one.body)))))
      }
      return faults.filter((fault) => fault !== null)
    }

    it('is never a fault of ours, whatever stands in whichever field of whichever route', async () => {
      const routes = hotline.service.routes.filter(
        ({ method, path }) => path !== '/session' || method === 'post',
      )
      expect(routes.length).toBeGreaterThan(20)
      const faults: string[] = []
      // oxlint-disable-next-line no-await-in-loop
      for (const [turn, route] of routes.entries()) faults.push(...(await faultsOf(route, turn)))
      expect(faults).toEqual([])
    }, 300_000)

    it('as a calendar in which nobody works for a year is refused, and nothing is changed', async () => {
      const before = await hotline.admin.get('/calendar/days', calendarView)
      const days = Array.from({ length: 500 }, (_, n) => ({
        date: new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10),
        kind: 'holiday',
        name: 'x',
        confidence: 'A',
      }))
      const put = hotline.admin.send(
        'PUT',
        '/calendar/days',
        { days, version: before.version },
        calendarView,
      )
      await expect(put).rejects.toMatchObject({ status: 422 })
      expect(await hotline.admin.get('/calendar/days', calendarView)).toEqual(before)
    })
  })
}

/** Each field of path, query and body in turn wrong in every way, the others as they should be. */
function* requestsOf(
  route: Route,
  id: string,
  dialect: TestDialect,
): Generator<{ address: string; body: string | null }> {
  const [values, texts] = [nastyTo(dialect, NASTY), nastyTo(dialect, NASTY_TEXT)]
  const good = (name: string) => PLAUSIBLE_PART[name] ?? (name === 'id' ? id : 'hotline')
  const address = route.path.replace(/:(\w+)/g, (_all, name: string) => good(name))
  const hasBody = ['post', 'put', 'patch'].includes(route.method)
  const fields = plausibleFields(route.body)
  const body = hasBody ? JSON.stringify(fields) : null
  for (const [, name] of route.path.matchAll(/:(\w+)/g)) {
    for (const text of texts) {
      const wrong = route.path.replace(/:(\w+)/g, (_all, other: string) =>
        other === name ? encodeURIComponent(text) || '%00' : good(other),
      )
      yield { address: wrong, body }
    }
  }
  for (const name of Object.keys(plausibleFields(route.query))) {
    const others = requiredQuery(route, name)
    for (const text of texts) {
      yield { address: `${address}?${others}${name}=${encodeURIComponent(text)}`, body }
    }
  }
  if (!hasBody) return
  yield { address, body }
  for (const nasty of values) yield { address, body: nasty }
  for (const name of Object.keys(fields)) {
    for (const nasty of values) yield { address, body: withField(fields, name, nasty) }
    for (const inner of innerFields(fields[name])) {
      const items = values.map((nasty) => `[${withField(inner.fields, inner.name, nasty)}]`)
      for (const item of items) yield { address, body: withField(fields, name, item) }
    }
  }
}

/** The fields of the items of a list. */
function innerFields(list: unknown): { fields: Record<string, unknown>; name: string }[] {
  const item: unknown = Array.isArray(list) ? list[0] : null
  if (typeof item !== 'object' || item === null) return []
  const fields = Object.fromEntries(Object.entries(item))
  return Object.keys(fields).map((name) => ({ fields, name }))
}

function requiredQuery({ query }: Route, but: string): string {
  const fields = Object.entries(plausibleFields(query))
  return fields
    .filter(([name]) => name !== but && ['receivedAt', 'phone'].includes(name))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}&`)
    .join('')
}

/** JSON by hand: `1e400` and lone surrogates must arrive as they are written. */
function withField(fields: Record<string, unknown>, name: string, nasty: string): string {
  const others = Object.entries(fields).filter(([other]) => other !== name)
  const texts = others.map(([other, value]) => `${JSON.stringify(other)}:${JSON.stringify(value)}`)
  return `{${[...texts, `${JSON.stringify(name)}:${nasty}`].join(',')}}`
}
