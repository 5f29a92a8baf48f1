import { type Ticket, ticket } from '../../server/contract/tickets.ts'
import type { Person } from './person.ts'

type Step = readonly [Person, action: string, input?: object]

/** Tickets as a day brings them: each state that a team has work in, by the steps of its own people. */
export async function bringTicketsToWork(
  people: Record<'agent' | 'noc' | 'field', Person>,
): Promise<Record<'noc' | 'field' | 'reply', string>> {
  const { agent, noc, field } = people
  const toNoc: Step[] = [
    [agent, 'skip_guidance', { reason: 'los_red' }],
    [noc, 'accept'],
  ]
  const fault = {
    channel: 'hotline',
    number: '0912345678',
    category: 'NO_INTERNET',
    service: 'Internet',
    area: 'Cầu Giấy',
    areaClass: 'urban',
    address: '12 Lê Lợi, phường Quan Hoa, quận Cầu Giấy',
    contactName: 'Nguyễn Thị Hà',
  }
  const letter = { ...fault, channel: 'letter', number: null, contactNumber: '0900000101' }
  async function open(matter: object, steps: readonly Step[]): Promise<string> {
    let seen: Ticket = await agent.send('POST', '/tickets', matter, ticket)
    for (const [person, action, input] of steps) {
      const order = { action, version: seen.version, ...input }
      // oxlint-disable-next-line no-await-in-loop -- one step after the other
      seen = await person.send('POST', `/tickets/${seen.id}/actions`, order, ticket)
    }
    return seen.id
  }
  await open(fault, [[agent, 'start_guidance', { identityUnknown: true }]])
  return {
    noc: await open(letter, toNoc),
    field: await open(fault, [
      ...toNoc,
      [noc, 'need_field', { causeCode: 'fibre_cut', note: 'suy hao cao' }],
      [field, 'accept'],
    ]),
    reply: await open(letter, [
      ...toNoc,
      [noc, 'core_fixable', { causeCode: 'configuration' }],
      [noc, 'core_done', { note: 'đã mở lại cổng' }],
      [noc, 'verify', { result: 'ok', testResult: 'ping 2 ms' }],
    ]),
  }
}
