import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCREENS } from '../../agent-ui/screens/screen-table.ts'
import { outageView } from '../../server/contract/casework/outages.ts'
import { customer } from '../../server/contract/customers.ts'
import { type Role, ROLES } from '../../server/contract/staff.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { keepPicture, openBrowser, openPage, signInAt } from '../support/browser.ts'
import { type Hotline, PASSWORD, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'

/** No PBX is there: what screens show of calls is another file's. */
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
let hotline: Hotline
let browser: Browser
/** Addresses that the table of screens does not know: one customer, one ticket, one outage. */
let records: { customer: string; ticket: string; outage: string }

beforeAll(async () => {
  hotline = await startHotline({ amiUrl: NO_PBX })
  const agent = await hotline.hire('a-agent', 'agent')
  for (const role of ['noc', 'field', 'supervisor'] as const) {
    // oxlint-disable-next-line no-await-in-loop
    await hotline.hire(`a-${role}`, role)
  }
  const someone = {
    name: 'Công ty Mẫu',
    phones: [{ number: '0900000101' }],
    contracts: [{ contractNo: 'HD-0001', installationAddress: '12 Lê Lợi' }],
  }
  const { id: customerId } = await hotline.admin.send('POST', '/customers', someone, customer)
  const matter = { channel: 'letter', customerId, category: 'BILLING', area: 'Cầu Giấy' }
  const { id } = await hotline.admin.send('POST', '/tickets', matter, ticket)
  const outage = await declareOutage(agent, id)
  records = { customer: `/customers/${customerId}`, ticket: `/tickets/${id}`, outage }
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})

/** An outage of two tickets; a third one of its area is offered it. */
async function declareOutage(agent: Person, ticketId: string): Promise<string> {
  const told = { message: 'Đứt cáp quang trục Xuân Thủy', expectedUntil: '2199-01-01T00:00:00Z' }
  const order = { area: 'Cầu Giấy', service: 'Internet', ...told }
  const { ticket: parent } = await agent.send('POST', '/outages', order, outageView)
  const matter = { channel: 'counter', number: '0900000102', area: 'Cầu Giấy', service: 'Internet' }
  const opened = [
    await agent.send('POST', '/tickets', matter, ticket),
    await agent.send('POST', '/tickets', matter, ticket),
  ]
  const ticketIds = [ticketId, opened[0]?.id]
  await agent.send('POST', `/outages/${parent?.id}/link`, { ticketIds }, outageView)
  return `/outages/${parent?.id}`
}

function addressesOf(role: Role): string[] {
  const screens = Object.values(SCREENS).filter(({ roles }) => roles.some((one) => one === role))
  const office = SCREENS.customers.roles.some((one) => one === role)
  const ofOffice = [records.customer, records.outage]
  return [...screens.map(({ path }) => path), records.ticket, ...(office ? ofOffice : [])]
}

/** Everybody's pictures in both looks, for people who look at the screens; else one is enough. */
const LOOKS =
  process.env['SCREENSHOTS_DIR'] === undefined ? (['light'] as const) : (['light', 'dark'] as const)
const WALKS = ROLES.flatMap((role) => LOOKS.map((look) => ({ role, look })))

test.each(WALKS)(
  'every screen of $role opens without a fault ($look)',
  async ({ role, look }) => {
    const { page, context, faults } = await openPage(browser)
    // A screen that throws is caught by the router: only the console hears of it.
    page.on('console', (line) => {
      const isOfPage = line.type() === 'error' && !line.text().startsWith('Failed to load resource')
      if (isOfPage) faults.push(line.text())
    })
    await page.addInitScript((chosen) => {
      localStorage.setItem('hotline.colorScheme', chosen)
    }, look)
    await signInAt(page, hotline.url, role === 'admin' ? 'admin' : `a-${role}`, PASSWORD)
    for (const address of addressesOf(role)) {
      // oxlint-disable-next-line no-await-in-loop
      await page.goto(`${hotline.url}${address}`, { waitUntil: 'networkidle' })
      // oxlint-disable-next-line no-await-in-loop
      await page.getByRole('heading').first().waitFor()
      // oxlint-disable-next-line no-await-in-loop
      await keepPicture(page, `screen-${role}-${look}-${address.split('/').slice(1, 3).join('-')}`)
      expect([address, ...faults]).toEqual([address])
    }
    await context.close()
  },
  90_000,
)
