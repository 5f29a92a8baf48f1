import type { Browser, BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'
import { openChromium } from '../../scripts/pages/chromium.ts'
import type { CustomerCall } from '../../scripts/pbx-lab/carrier.ts'
import { type Lab, startLab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { customer } from '../../server/contract/customers.ts'
import type { Role } from '../../server/contract/staff.ts'
import { openPage } from '../support/browser.ts'
import { CODE, ownCall, ringing } from '../support/desk-page.ts'
import { type KillableHotline, startKillableHotline } from '../support/killable-hotline.ts'
import type { Person } from '../support/person.ts'
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { countHands } from './hands.ts'

/** Whoever works today: their browser, and the same person over HTTP. */
export interface Worker {
  name: string
  person: Person
  page: Page
  context: BrowserContext
  /** Of the scripts of all their pages. */
  faults: string[]
}

/** One day on a real Asterisk, the service as a process of its own, each person in a browser of theirs. */
export interface Day {
  lab: Lab
  hotline: KillableHotline
  browser: Browser
  /** An agent whose phone is the page. */
  lan: Worker
  /** Between the phone in a page and the PBX: its signalling, not its voice. */
  phoneLine: TcpProxy
  /** An agent at a phone on the desk. */
  mai: Worker
  maisPhone: Phone
  noc: Worker
  /** A technician; the clock of their phone can be moved. */
  field: Worker
}

export let day: Day

/** The customer of the day's case, who calls from here. */
export const COMPANY = { name: 'Công ty Minh Tâm', number: '0912345678' }
/** Of the single calls beside it. */
export const BINH = { name: 'Trần Văn Bình', number: '0987654321' }
/** Limit of what hangs: the day ends with it. */
const HANGS_MS = 30_000
const PHONE_SCREEN = { width: 390, height: 844 }

export async function openDay(): Promise<void> {
  const [lab, browser] = await Promise.all([
    startLab({ queues: { wrapuptime: '0' }, globals: { HOTLINE_NOTICE: '' } }),
    // a microphone that hums, and that a page gets only when it is allowed to
    openChromium(['--use-fake-device-for-media-stream']),
  ])
  const { amiUrl, dialerUrl } = lab
  const phoneLine = await openTcpProxy({ host: '127.0.0.1', port: lab.access.httpPort })
  const env = {
    AMI_CONTROL_URL: lab.controlUrl,
    BROWSER_PHONE_URL: `ws://127.0.0.1:${phoneLine.port}/ws`,
    BROWSER_PHONE_KEY: 'k'.repeat(32),
    OFFLINE_WITHOUT_PAGE_MINUTES: '10',
  }
  const hotline = await startKillableHotline({ amiUrl, dialerUrl, env })
  const come = (name: string, role: Role, extension?: string): Promise<Worker> =>
    hire(hotline, browser, { name, role, ...(extension === undefined ? {} : { extension }) })
  const lan = await come('lan', 'agent', '101')
  const given = { secret: lab.access.secret }
  await hotline.admin.send('PUT', `/staff/${lan.person.user.id}/phone`, given, z.null())
  await lan.context.grantPermissions(['microphone'])
  await lab.startPhone({ extension: '101', behaviour: 'busy' })
  const field = await come('tuan', 'field')
  await field.page.setViewportSize(PHONE_SCREEN)
  await field.context.clock.install()
  day = {
    lab,
    hotline,
    browser,
    lan,
    phoneLine,
    mai: await come('mai', 'agent', '102'),
    maisPhone: await lab.startPhone({ extension: '102', behaviour: 'manual' }),
    noc: await come('nam', 'noc'),
    field,
  }
  await bringCustomers(hotline.admin)
}

export async function closeDay(): Promise<void> {
  await day.browser.close()
  await day.hotline.stop()
  await day.phoneLine.close()
  await day.lab.stop()
}

export const everybody = (): Worker[] => [day.lan, day.mai, day.noc, day.field]

async function hire(
  hotline: KillableHotline,
  browser: Browser,
  { name, role, extension }: { name: string; role: Role; extension?: string },
): Promise<Worker> {
  const person = await hotline.hire(name, role, extension)
  const opened = await openPage(browser)
  await countHands(opened.page)
  opened.page.setDefaultTimeout(HANGS_MS)
  return { name, person, ...opened }
}

async function bringCustomers(admin: Person): Promise<void> {
  const company = {
    name: COMPANY.name,
    kind: 'organisation',
    phones: [{ number: COMPANY.number }],
    contracts: [{ contractNo: 'HD-0001', installationAddress: '12 Lê Lợi, Cầu Giấy, Hà Nội' }],
  }
  const binh = { name: BINH.name, phones: [{ number: BINH.number }] }
  await admin.send('POST', '/customers', company, customer)
  await admin.send('POST', '/customers', binh, customer)
}

/** A customer calls, lan answers by the key in the page, and the call has its ticket. */
export async function callLan(from: string): Promise<CustomerCall> {
  const { lab, lan } = day
  const call = await lab.placeCall({ from })
  await answerByKey(lan.page)
  await ownCall(lan.page).getByText(CODE).waitFor()
  return call
}

export async function answerByKey(page: Page): Promise<void> {
  await ringing(page).getByRole('button', { name: 'Nghe máy' }).waitFor()
  await page.keyboard.press('F2')
}
