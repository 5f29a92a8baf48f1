import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { auditEntry } from '../../server/contract/audit.ts'
import { callbackView } from '../../server/contract/callbacks.ts'
import { callRow } from '../../server/contract/calls.ts'
import { customer } from '../../server/contract/customers.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { revealedNumbers } from '../../server/contract/casework/teams.ts'
import { ticket, ticketRow } from '../../server/contract/tickets.ts'
import type { Route } from '../../server/http/route.ts'
import type { TelephonyEars } from '../../server/ports.ts'
import { callEvents } from '../support/call-table.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { createFakeTelephony } from '../support/telephony.ts'
import { eventually } from '../support/eventually.ts'

/** Of who calls in `callEvents`, without the zero or the country in front. */
const NUMBER = '912345678'
/** The call as the agent on this phone answers it, and its end. */
const call = (caller: string, phone: string) => `
  00:00.000  queue_joined     ${caller}
  00:01.000  agent_called     ${caller}  ${phone}
  00:05.000  agent_connected  ${caller}  ${phone}  hold=5
  00:05.010  bridge_entered   ${caller}
  00:05.020  bridge_entered   ${phone}`
const WORDS = `Khách gọi từ 0${NUMBER}, cũng +84 912 345 678`

/** No file, outage and draft is there; names of files are masked in tests of their own. */
const NOTHING_HERE = [
  '/attachments/:id',
  '/attachments/:id/thumbnail',
  '/outages/:ticketId',
  '/drafts/:key',
]

/** Everything that comes over a person's socket, as text. */
async function messagesOf(url: string, { cookie }: Person) {
  const heard: string[] = []
  const socket = io(url, { transports: ['websocket'], extraHeaders: { cookie }, forceNew: true })
  socket.onAny((type: string, value: unknown) => heard.push(`${type} ${JSON.stringify(value)}`))
  await eventually(() => expect(heard.length).toBeGreaterThan(0))
  return { heard, close: () => void socket.disconnect() }
}

const digitsOf = (text: string) => text.replaceAll(/[ .\-()]/g, '')

for (const dialect of HOUSE_DIALECTS) {
  describe(`the numbers of customers on ${dialect}`, () => {
    let hotline: Hotline
    let ears: TelephonyEars
    let agent: Person
    let noc: Person
    let field: Person
    let sockets: Record<string, Awaited<ReturnType<typeof messagesOf>>>
    /** A row that is there, by the first word of the routes that name one. */
    const ids = new Map<string, string>()

    beforeAll(async () => {
      hotline = await startHotline({
        amiUrl: 'ami://a:b@127.0.0.1:1/pbx1',
        dialect,
        createTelephony(options) {
          ears = options
          return { ...createFakeTelephony(), start() {}, async stop() {} }
        },
      })
      agent = await hotline.hire('agent', 'agent', '101')
      noc = await hotline.hire('noc', 'noc', '102')
      field = await hotline.hire('field', 'field')
      const { url } = hotline
      sockets = {
        agent: await messagesOf(url, agent),
        noc: await messagesOf(url, noc),
        field: await messagesOf(url, field),
      }
      const known = { name: 'Lan', phones: [{ number: `0${NUMBER}` }], note: WORDS }
      ids.set('customers', (await agent.send('POST', '/customers', known, customer)).id)
      for (const one of [call('trunk#1', '101#2'), call('trunk#3', '102#4')]) {
        for (const event of callEvents(one)) ears.onCallEvent(event)
      }
      await hotline.service.idle()
      const tickets = await agent.get('/tickets', pageOf(ticketRow))
      const id = tickets.items.at(-1)?.id ?? 'none'
      ids.set('tickets', id)
      ids.set('calls', (await agent.get('/calls', pageOf(callRow))).items[0]?.id ?? 'none')
      ids.set('teams', 'team-field')
      const order = { inMinutes: 600, note: WORDS }
      await agent.send('POST', `/tickets/${id}/callbacks`, order, callbackView)
      await agent.send('POST', `/tickets/${id}/notes`, { note: WORDS }, ticket)
      await hotline.service.idle()
    })
    afterAll(async () => {
      for (const socket of Object.values(sockets)) socket.close()
      await hotline.stop()
    })

    const getRoutes = (role: 'agent' | 'noc' | 'field') =>
      hotline.service.routes.filter(
        ({ method, access }) =>
          method === 'get' &&
          access !== 'public' &&
          (access === 'signed_in' || access.includes(role)),
      )

    async function read(
      { path }: Route,
      person: Person,
    ): Promise<{ status: number; text: string }> {
      const team = person === noc ? 'team-noc' : 'team-field'
      const id = path.startsWith('/teams') ? team : (ids.get(path.split('/')[1] ?? '') ?? 'x1')
      const compared = path.endsWith('/compare') ? '?from=1&to=1' : ''
      const query = path.includes('deadline') ? '?receivedAt=2026-11-23T02:00:00.000Z' : compared
      const listed = path === '/views' ? '?list=tickets' : query
      const asked = listed === '' && path.endsWith('lookup') ? `?phone=0${NUMBER}` : listed
      const named = path.replace(':category', 'NO_INTERNET').replace(':number', '1')
      const address = `${hotline.url}/api${named.replace(/:\w+/g, id)}${asked}`
      const reply = await fetch(address, { headers: { cookie: person.cookie } })
      return { status: reply.status, text: await reply.text() }
    }

    it('stand in what an agent reads and hears', async () => {
      const texts = await Promise.all(getRoutes('agent').map((route) => read(route, agent)))
      const showing = texts.filter(({ text }) => digitsOf(text).includes(NUMBER))
      expect(showing.length).toBeGreaterThanOrEqual(7)
      const messages = sockets['agent']?.heard.filter((text) => text.includes(NUMBER)) ?? []
      const kinds = new Set(messages.map((text) => text.split(' ')[0]))
      expect(kinds).toEqual(
        new Set(['screen_pop', 'desk_call', 'call_updated', 'ticket_updated', 'callback_updated']),
      )
    })

    it.each(['noc', 'field'] as const)('stand in no answer that %s gets', async (role) => {
      const person = role === 'noc' ? noc : field
      const routes = getRoutes(role)
      expect(routes.length).toBeGreaterThanOrEqual(10)
      const unreadable: string[] = []
      for (const route of routes) {
        // oxlint-disable-next-line no-await-in-loop
        const { status, text } = await read(route, person)
        const isShown = digitsOf(text).includes(NUMBER)
        expect({ path: route.path, isShown }).toEqual({ path: route.path, isShown: false })
        expect([200, 404]).toContain(status)
        if (status === 404) unreadable.push(route.path)
      }
      // what is there is read: a route that answers 404 to all shows nothing
      expect(unreadable.filter((path) => !NOTHING_HERE.includes(path))).toEqual([])
    })

    it('stand in no message that NOC and field get, and NOC on the phone gets a pop', () => {
      for (const role of ['noc', 'field']) {
        const heard = sockets[role]?.heard ?? []
        expect(heard.length).toBeGreaterThan(2)
        expect(heard.filter((text) => digitsOf(text).includes(NUMBER))).toEqual([])
      }
      const kinds = new Set(sockets['noc']?.heard.map((text) => text.split(' ')[0]))
      for (const kind of ['screen_pop', 'desk_call', 'ticket_updated']) {
        expect(kinds).toContain(kind)
      }
    })

    it.each(['noc', 'field'] as const)('cannot be guessed by %s through a search', async (role) => {
      const person = role === 'noc' ? noc : field
      for (const path of ['/tickets', '/customers']) {
        for (const q of [`0${NUMBER}`, '0912', 'Lan 91', '12']) {
          const asked = person.get(`${path}?q=${encodeURIComponent(q)}`, z.unknown())
          // oxlint-disable-next-line no-await-in-loop
          await expect(asked).rejects.toMatchObject({ status: 422 })
        }
        // oxlint-disable-next-line no-await-in-loop
        const found = await person.get(`${path}?q=lan`, pageOf(z.unknown()))
        expect(found.items.length).toBeGreaterThan(0)
        // an agent may look so: the name narrows, the digits tell
        // oxlint-disable-next-line no-await-in-loop
        const told = await agent.get(`${path}?q=lan-0912`, pageOf(z.unknown()))
        expect(told.items.length).toBeGreaterThan(0)
        // oxlint-disable-next-line no-await-in-loop
        const untold = await person.get(`${path}?q=lan-0912`, pageOf(z.unknown()))
        expect(untold.items).toEqual([])
      }
      const lookup = person.get(`/customers/lookup?phone=0${NUMBER}`, z.unknown())
      await expect(lookup).rejects.toMatchObject({ status: 403 })
    })

    it('are revealed to NOC ticket by ticket, each time audited, and never to field', async () => {
      const path = `/tickets/${ids.get('tickets')}/reveal`
      const shown = await noc.send('POST', path, { reason: 'Hỏi lại vị trí ONT' }, revealedNumbers)
      expect(shown.number?.raw).toBe(`0${NUMBER}`)
      await noc.send('POST', path, {}, revealedNumbers)
      const written = { channel: 'letter', contactNumber: '0987654321' }
      const letter = await agent.send('POST', '/tickets', written, ticket)
      const onPaper = await noc.send('POST', `/tickets/${letter.id}/reveal`, {}, revealedNumbers)
      expect([onPaper.number, onPaper.contact?.raw]).toEqual([null, '0987654321'])
      await expect(field.send('POST', path, {}, z.unknown())).rejects.toMatchObject({ status: 403 })
      const { items } = await hotline.admin.get('/audit?limit=50', pageOf(auditEntry))
      const lines = items.filter(({ action }) => action === 'ticket.numbers_revealed')
      expect(lines.map(({ actor, detail }) => [actor?.displayName, detail])).toEqual([
        ['noc', {}],
        ['noc', {}],
        ['noc', { reason: 'Hỏi lại vị trí ONT' }],
      ])
      const masked = await noc.get(`/tickets/${ids.get('tickets')}`, ticket)
      expect(masked.number?.display).toBe('•••• ••• 678')
    })
  })
}
