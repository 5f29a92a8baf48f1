import { type Ticket, ticket } from '../../server/contract/tickets.ts'
import { outageView } from '../../server/contract/casework/outages.ts'
import type { TicketCategory } from '../../server/contract/casework/guidance.ts'
import { signIn, type ApiClient } from '../demo/api-client.ts'
import { DEMO_CALLERS, DEMO_PASSWORD } from '../demo/people.ts'

/** The records that pictures are taken of, by their ids. */
export interface DemoDay {
  ofAgent: string
  ofNoc: string
  ofField: string
  outage: string
}

type Who = 'lan' | 'noc' | 'kythuat'
type Step = readonly [Who, action: string, input?: object]
type Matter = {
  category: TicketCategory
  area: string
  address: string
  description: string
  steps: readonly Step[]
}

const TO_NOC = ['lan', 'skip_guidance', { reason: 'customer_unable' }] as const
/** Guided with what the checklist asks for, and not helped. */
function guided(steps: object, fields: object): readonly Step[] {
  return [
    ['lan', 'start_guidance', { identityUnknown: true }],
    ['lan', 'save_guidance', { result: 'nok', steps, fields }],
  ]
}
const NO_LIGHT = guided(
  {
    LOS_FIBER_CUT_1: { answer: 'ok' },
    LOS_FIBER_CUT_2: { answer: 'nok', note: 'dây gập sau tủ, khách không dám kéo' },
    LOS_FIBER_CUT_3: { answer: 'nok' },
  },
  { los_light: 'red_steady', rx_dbm: -29.5 },
)
const LINE_DOWN = guided(
  { LEASED_LINE_1: { answer: 'ok' }, LEASED_LINE_2: { answer: 'nok' } },
  { fault_kind: 'down', circuit_id: 'LL-HN-0207' },
)
const DIAGNOSED = [TO_NOC, ['noc', 'accept']] as const
const TO_FIELD = [
  ...DIAGNOSED,
  ['noc', 'need_field', { causeCode: 'fibre_cut', note: 'Suy hao cao, nghi đứt dây thuê bao' }],
] as const
const IN_CORE = [...DIAGNOSED, ['noc', 'core_fixable', { causeCode: 'configuration' }]] as const
const AT_HOME = [...TO_FIELD, ['kythuat', 'accept']] as const
const CORE_DONE = [...IN_CORE, ['noc', 'core_done', { note: 'Đã mở lại cổng trên OLT' }]] as const
const TO_REPLY = [
  ...CORE_DONE,
  ['noc', 'verify', { result: 'ok', testResult: 'Ping 2 ms, không mất gói' }],
] as const

/** A day's work in every state that a team has work in; all invented. */
const MATTERS = {
  ofAgent: matter('INTERMITTENT', 'Thanh Xuân', '45 Nguyễn Trãi', 'Chập chờn từ 8 giờ', TO_REPLY),
  ofNoc: matter('LOS_FIBER_CUT', 'Cầu Giấy', '12 Nguyễn Khang', 'Đèn LOS đỏ từ sáng', DIAGNOSED),
  ofField: matter('NO_INTERNET', 'Cầu Giấy', '88 Trần Duy Hưng', 'Mất mạng cả nhà', AT_HOME),
  waiting: matter('LOS_FIBER_CUT', 'Cầu Giấy', '30 Nguyễn Khang', 'Đèn LOS nhấp nháy đỏ', NO_LIGHT),
  leased: matter('LEASED_LINE', 'Cầu Giấy', '9 Duy Tân', 'Kênh thuê riêng mất gói', LINE_DOWN),
  slow: matter('SLOW', 'Long Biên', '7 Ngọc Lâm', 'Tải chậm buổi tối', DIAGNOSED),
  iptv: matter('IPTV', 'Hà Đông', '21 Quang Trung', 'Truyền hình giật hình', IN_CORE),
  static: matter('STATIC_IP', 'Đống Đa', '102 Thái Hà', 'Không vào được IP tĩnh', IN_CORE),
  visit: matter('ONT_FAULT', 'Long Biên', '16 Bồ Đề', 'Thiết bị không lên nguồn', AT_HOME),
  offered: matter('WIFI_WEAK', 'Hà Đông', '5 Lê Lợi', 'Tầng ba không có sóng', TO_FIELD),
  proved: matter(
    'WEB_ACCESS',
    'Đống Đa',
    '8 Chùa Bộc',
    'Không vào được trang ngân hàng',
    CORE_DONE,
  ),
} satisfies Record<string, Matter>

function matter(
  category: TicketCategory,
  area: string,
  street: string,
  description: string,
  steps: readonly Step[],
): Matter {
  return { category, area, address: `${street}, ${area}, Hà Nội`, description, steps }
}

type People = Record<Who, ApiClient>

/** Tickets as a day brings them, by the steps of the demo's own people, and an outage of two. */
export async function playDemoDay(baseUrl: string): Promise<DemoDay> {
  const enter = (username: Who) => signIn(baseUrl, { username, password: DEMO_PASSWORD })
  const people: People = {
    lan: await enter('lan'),
    noc: await enter('noc'),
    kythuat: await enter('kythuat'),
  }
  const ids = new Map<string, string>()
  for (const [index, [name, one]] of Object.entries<Matter>(MATTERS).entries())
    // oxlint-disable-next-line no-await-in-loop -- their codes follow this order
    ids.set(name, await openTicket(people, one, index))
  const idOf = (name: keyof typeof MATTERS) => ids.get(name) ?? ''
  const outage = await declareOutage(people, [idOf('waiting'), idOf('ofNoc')])
  return { ofAgent: idOf('ofAgent'), ofNoc: idOf('ofNoc'), ofField: idOf('ofField'), outage }
}

async function openTicket(people: People, one: Matter, index: number): Promise<string> {
  const { steps, ...known } = one
  const caller = DEMO_CALLERS[index % DEMO_CALLERS.length]
  const order = {
    ...known,
    channel: 'hotline',
    number: caller?.number ?? null,
    contactName: caller?.name ?? null,
    service: 'Internet',
    areaClass: 'urban',
  }
  let seen: Ticket = ticket.parse(await people.lan.post('/api/tickets', order))
  for (const [who, action, input] of steps) {
    const step = { action, version: seen.version, ...input }
    // oxlint-disable-next-line no-await-in-loop -- one step after the other
    seen = ticket.parse(await people[who].post(`/api/tickets/${seen.id}/actions`, step))
  }
  return seen.id
}

async function declareOutage({ lan }: People, ticketIds: string[]): Promise<string> {
  const told = { message: 'Đứt cáp quang trục Cầu Giấy, đang hàn nối' }
  const expectedUntil = new Date(Date.now() + 3 * 3_600_000).toISOString()
  const order = { area: 'Cầu Giấy', service: 'Internet', ...told, expectedUntil }
  const parent = outageView.parse(await lan.post('/api/outages', order)).ticket?.id ?? ''
  await lan.post(`/api/outages/${parent}/link`, { ticketIds })
  return parent
}
