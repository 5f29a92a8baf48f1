import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { signIn } from '../demo/api-client.ts'
import { DEMO_CUSTOMERS, DEMO_PASSWORD } from '../demo/people.ts'
import { IN_PAGE, openPage, signInAt } from './chromium.ts'
import type { PageHotline } from './page-hotline.ts'
import type { PageRow } from './page-row.ts'

/** What is kept on purpose is full by then: tabs, pops. */
const WARM_UP = 200
const CALLS = 800
/** As many as one agent has in eight hours of a hotline that is never quiet. */
const CALLS_IN_A_DAY = 400
const MOST_MB = 1
const RINGS_MS = 100
const TALKS_MS = 500

/** Answers that nobody looks at are let go five minutes later (TanStack Query's `gcTime`). */
const LET_GO_MS = 330_000

interface Held {
  mb: number
  nodes: number
  listeners: number
}

/** What the page of an agent holds after the calls of a day, beside what it held at first. */
export async function measureMemory(browser: Browser, hotline: PageHotline): Promise<PageRow[]> {
  const { page, cdp } = await openPage(browser)
  await page.addInitScript({ path: IN_PAGE })
  await signInAt(page, hotline.url, 'lan')
  const lan = await signIn(hotline.url, { username: 'lan', password: DEMO_PASSWORD })
  await lan.post('/api/desk/state', { state: 'ready' })
  await page.locator('[data-testid=agent-state][data-state=ready]').waitFor()
  await placeCalls(page, hotline, WARM_UP)
  const before = await held(cdp)
  await placeCalls(page, hotline, CALLS)
  const after = await held(cdp)
  await lan.post('/api/desk/state', { state: 'offline' })
  await page.context().close()
  const aDay = ((after.mb - before.mb) * CALLS_IN_A_DAY) / CALLS
  return [
    {
      what: `the page of an agent, ${CALLS} calls after the first ${WARM_UP}`,
      measured: `${inWords(before)} → ${inWords(after)}: ${aDay.toFixed(2)} MB a day of ${CALLS_IN_A_DAY} calls`,
      budget: `${MOST_MB} MB a day`,
      isWithin: aDay <= MOST_MB,
    },
  ]
}

function inWords({ mb, nodes, listeners }: Held): string {
  return `${mb.toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners`
}

async function placeCalls(page: Page, { simulator }: PageHotline, amount: number): Promise<void> {
  const numbers = DEMO_CUSTOMERS.flatMap(({ phones }) => phones ?? [])
  const before = Number(await page.evaluate('window.bench.ended'))
  for (let call = 1; call <= amount; call += 1) {
    const number = numbers[call % numbers.length]?.number.replaceAll(' ', '') ?? null
    simulator.placeCall({ number, answerAfterMs: () => RINGS_MS, talkMs: TALKS_MS })
    // oxlint-disable-next-line no-await-in-loop -- one call after the other
    await page.waitForFunction(`window.bench.ended >= ${before + call}`)
  }
}

async function held(cdp: CDPSession): Promise<Held> {
  await delay(LET_GO_MS)
  await cdp.send('HeapProfiler.enable')
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters')
  return { mb: usedSize / 1024 / 1024, nodes, listeners: jsEventListeners }
}
