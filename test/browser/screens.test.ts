import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { afterAll, beforeAll, test } from 'vitest'
import { SCREENS } from '../../agent-ui/screens/screen-table.ts'
import { outageView } from '../../server/contract/casework/outages.ts'
import { customer } from '../../server/contract/customers.ts'
import { type Role, ROLES } from '../../server/contract/staff.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { graveFindings, type PagePart } from '../support/axe.ts'
import { keepPicture, openAs, openPage } from '../support/browser.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { withoutRoom } from '../support/list-layout.ts'
import { OPENINGS, type Opening } from '../support/openings.ts'
import type { Person } from '../support/person.ts'
import { bringTicketsToWork } from '../support/tickets-at-work.ts'
import { casesOfTurn } from '../turns.ts'

/** No PBX is there: what screens show of calls is another file's. */
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
let hotline: Hotline
let browser: Browser
let people: Record<Role, Person>
type Matter = 'noc' | 'field' | 'reply'
/** Addresses that the table of screens does not know: a customer, an outage, and the tickets that a role works on. */
let records: { customer: string; outage: string; tickets: Record<Matter, string> }
const MATTERS: Record<Role, readonly Matter[]> = {
  agent: ['reply', 'noc'],
  noc: ['noc'],
  field: ['field'],
  supervisor: ['reply'],
  admin: ['field'],
}

beforeAll(async () => {
  hotline = await startHotline({ amiUrl: NO_PBX })
  people = {
    agent: await hotline.hire('a-agent', 'agent'),
    noc: await hotline.hire('a-noc', 'noc'),
    field: await hotline.hire('a-field', 'field'),
    supervisor: await hotline.hire('a-supervisor', 'supervisor'),
    admin: hotline.admin,
  }
  const someone = {
    name: 'Công ty Mẫu',
    phones: [{ number: '0900000101' }],
    contracts: [{ contractNo: 'HD-0001', installationAddress: '12 Lê Lợi' }],
  }
  const { id } = await hotline.admin.send('POST', '/customers', someone, customer)
  const tickets = await bringTicketsToWork(people)
  const outage = await declareOutage(people.agent, tickets.noc)
  records = { customer: `/customers/${id}`, outage, tickets }
  browser = await openHeadlessShell()
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
  const tickets = MATTERS[role].map((matter) => records.tickets[matter])
  return [
    ...screens.map(({ path }) => path),
    ...tickets.map((id) => `/tickets/${id}`),
    ...(office ? [records.customer, records.outage] : []),
    ...(role === 'agent' ? tickets.slice(0, 1).map((id) => `/receipt/${id}`) : []),
  ]
}

/** Goes there as a link does, without loading the page anew, and waits for what it asked for. */
async function goTo(page: Page, address: string): Promise<void> {
  const to = JSON.stringify(address)
  // the router leaves itself in the window for tools
  await page.evaluate(`__TSR_ROUTER__.navigate({ to: ${to} })`)
  const isThere = `__TSR_ROUTER__.state.status === 'idle' && location.pathname === ${to}`
  const isBusy = `document.querySelector('[aria-busy="true"]') !== null`
  await page.waitForFunction(`${isThere} && !${isBusy}`, null, { polling: 25 })
  await page.getByRole('heading').first().waitFor()
}

/** What of the header lies outside of the window. */
const BEYOND = `[...document.querySelectorAll('header a, header button')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => 'beyond the window: ' + (one.ariaLabel ?? one.textContent))`

/** What a list or a form shows is the same for all who see it: the first who comes reads it with axe. */
const read = new Set<string>()
function isFirstAt(address: string): boolean {
  const isFirst = address.startsWith('/tickets/') || !read.has(address)
  read.add(address)
  return isFirst
}

async function wear(page: Page, look: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.dataset.mantineColorScheme = '${look}'`)
}

function openingsAt(role: Role, address: string): readonly Opening[] {
  const [matter] = MATTERS[role]
  const { customer: ofCustomer, outage, tickets } = records
  const ofRecord = new Map([
    ['ticket', `/tickets/${matter && tickets[matter]}`],
    ['customer', ofCustomer],
    ['outage', outage],
  ])
  return OPENINGS.filter((one) => one.role === role && (ofRecord.get(one.at) ?? one.at) === address)
}

/** Keeps its pictures and reads it, light and dark. */
async function readBoth(
  page: Page,
  { name, part }: { name: string; part: PagePart },
): Promise<string[]> {
  await keepPicture(page, `${name}-light`)
  const found = await graveFindings(page, { rules: 'all', part })
  await wear(page, 'dark')
  await keepPicture(page, `${name}-dark`)
  found.push(...(await graveFindings(page, { rules: 'contrast', part })))
  await wear(page, 'light')
  return found
}

/** Opens it on the page that is there, reads it in both looks, and closes it as the keyboard does. */
async function readOpening(page: Page, { name, open, part }: Opening): Promise<string[]> {
  await open(page)
  const over = part === 'content' ? null : page.getByRole(part).last()
  await over?.waitFor()
  const found = await readBoth(page, { name: `opened-${name}`, part })
  await page.keyboard.press('Escape')
  // a message goes by itself
  if (part !== 'alert') await over?.waitFor({ state: 'hidden' })
  return found.map((fault) => `${name}: ${fault}`)
}

/** Side by side: each waits for its own page most of the time. */
test.concurrent.for(casesOfTurn(ROLES))(
  'every screen of %s opens without a fault and can be read by everybody, light and dark',
  { timeout: 300_000 },
  async (role, { expect }) => {
    const { page, context, faults } = await openPage(browser)
    // A screen that throws is caught by the router: only the console hears of it.
    page.on('console', (line) => {
      const isOfPage = line.type() === 'error' && !line.text().startsWith('Failed to load resource')
      if (isOfPage) faults.push(line.text())
    })
    await openAs(page, hotline.url, people[role])
    for (const [index, address] of addressesOf(role).entries()) {
      const name = `${role}-${index}-${address.split('/').slice(1, 3).join('-').slice(0, 20)}`
      // oxlint-disable no-await-in-loop -- one screen after the other
      await goTo(page, address)
      const part = index === 0 ? 'page' : 'content'
      const isFirst = index === 0 || isFirstAt(address)
      const found = await withoutRoom(page)
      found.push(...(await page.evaluate<string[]>(BEYOND)))
      if (isFirst) found.push(...(await readBoth(page, { name, part })))
      else await keepPicture(page, `${name}-light`)
      for (const one of openingsAt(role, address)) found.push(...(await readOpening(page, one)))
      // oxlint-enable no-await-in-loop
      expect.soft([address, ...faults.splice(0), ...found]).toEqual([address])
    }
    // of every screen that was here
    expect(await graveFindings(page, { rules: 'styles', part: 'page' })).toEqual([])
    await context.close()
  },
)

/** The page of all parts in all states is for who builds: `vite agent-ui` alone serves it. */
test('no build has the gallery', ({ expect }) => {
  const NAME = 'gallery-of-parts'
  const built = globSync('agent-ui/dist/**/*.{js,css,html}')
  expect(built.length).toBeGreaterThan(10)
  expect(built.filter((path) => readFileSync(path, 'utf8').includes(NAME))).toEqual([])
  expect(readFileSync('agent-ui/gallery/gallery.tsx', 'utf8')).toContain(NAME)
})

/** The answers of the service and the headers are the rest of 350 KB and 20 requests: `scripts/bench-pages load`. */
const MOST_KB = 332.3
const MOST_FILES = 7

test('the sign-in and the desk come in a few files that the budget of the first load has room for', ({
  expect,
}) => {
  const page = readFileSync('agent-ui/dist/index.html', 'utf8')
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path)
  const sizes = files.map((path) => {
    const file = `agent-ui/dist${path}`
    return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size
  })
  expect(files.length).toBeGreaterThan(4)
  expect(files.length).toBeLessThanOrEqual(MOST_FILES)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_KB * 1024)
})

/** Where the work begins, and how far anything reaches beyond the window. */
const WORK = `[document.querySelector('#content h1').getBoundingClientRect().top,
  document.documentElement.scrollWidth - innerWidth]`

test('at 200 % the work is seen first, and the own state is one press away', async ({ expect }) => {
  const { page, context } = await openPage(browser)
  await page.setViewportSize({ width: 683, height: 384 })
  await openAs(page, hotline.url, people.agent)
  await goTo(page, '/tickets')
  const [top = 0, beyond] = await page.evaluate<number[]>(WORK)
  expect(top).toBeLessThan(200)
  expect(beyond).toBe(0)
  await page.getByRole('button', { name: /^Ngoại tuyến.*hẹn gọi lại$/ }).click()
  await page.getByRole('region', { name: 'Trạng thái của tôi' }).waitFor()
  await context.close()
})
