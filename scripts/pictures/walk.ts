import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type Role, ROLES } from '../../server/contract/staff.ts'
import { SCREENS } from '../../agent-ui/screens/screen-table.ts'
import type { DemoDay } from './demo-day.ts'
import { BOARD, goTo, type Language, type Look, OFFICE, openWindow, PHONE } from './stage.ts'
import { SHOWN_BY, signInOnce, type Size } from './stage.ts'

const LANGUAGES: readonly Language[] = ['vi', 'en']
const LOOKS: readonly Look[] = ['light', 'dark']
/** Screens that hang on a wall too. */
const BOARDS = ['/noc', '/queues']

interface Place {
  name: string
  address: string
}

/** Every screen of every role, and the records that they work on: `agent/tickets-vi-dark.png`. */
export async function pictureEveryScreen(
  browser: Browser,
  { url, folder }: { url: string; folder: string },
  records: DemoDay & { call: string; customer: string },
): Promise<number> {
  let count = 0
  // oxlint-disable no-await-in-loop -- one window after the other: there are two processors
  for (const role of ROLES) {
    const cookies = await signInOnce(browser, url, SHOWN_BY[role])
    await mkdir(join(folder, role), { recursive: true })
    for (const look of LOOKS)
      for (const language of LANGUAGES) {
        const size = role === 'field' ? PHONE : OFFICE
        const page = await openWindow(browser, { language, look, size, cookies })
        await page.goto(url)
        await page.locator('#content').waitFor()
        for (const place of placesOf(role, records)) {
          const file = join(folder, role, `${place.name}-${language}-${look}`)
          count += await picture(page, { place, file, size })
        }
        await page.context().close()
      }
  }
  return count + (await pictureSignIn(browser, url, folder))
  // oxlint-enable no-await-in-loop
}

async function picture(
  page: Page,
  { place, file, size }: { place: Place; file: string; size: Size },
): Promise<number> {
  await goTo(page, place.address)
  await page.screenshot({ path: `${file}.png` })
  if (!BOARDS.includes(place.address)) return 1
  await page.setViewportSize(BOARD)
  await page.screenshot({ path: `${file}-${BOARD.width}.png` })
  await page.setViewportSize(size)
  return 2
}

function placesOf(role: Role, records: DemoDay & { call: string; customer: string }): Place[] {
  const screens = Object.values(SCREENS).filter(({ roles }) => roles.some((one) => one === role))
  const isOffice = SCREENS.customers.roles.some((one) => one === role)
  const ticket = { agent: records.ofAgent, noc: records.ofNoc, field: records.ofField }
  const worksOn = role === 'agent' || role === 'noc' || role === 'field' ? role : 'agent'
  return [
    ...screens.map(({ title, path }) => ({ name: title, address: path })),
    { name: 'ticket', address: `/tickets/${ticket[worksOn]}` },
    ...(isOffice
      ? [
          { name: 'customer', address: `/customers/${records.customer}` },
          { name: 'outage', address: `/outages/${records.outage}` },
          { name: 'call', address: `/calls/${records.call}` },
        ]
      : []),
    ...(role === 'agent' ? [{ name: 'receipt', address: `/receipt/${records.ofAgent}` }] : []),
  ]
}

async function pictureSignIn(browser: Browser, url: string, folder: string): Promise<number> {
  for (const look of LOOKS)
    for (const language of LANGUAGES) {
      const page = await openWindow(browser, { language, look, size: OFFICE })
      await page.goto(url)
      await page.getByRole('form').waitFor()
      await page.screenshot({ path: join(folder, `sign-in-${language}-${look}.png`) })
      await page.context().close()
    }
  return LOOKS.length * LANGUAGES.length
}
