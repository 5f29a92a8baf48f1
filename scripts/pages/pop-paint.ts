import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { signIn } from '../demo/api-client.ts'
import { DEMO_CUSTOMERS, DEMO_PASSWORD } from '../demo/people.ts'
import { median, quantile } from '../benchmarks/statistics.ts'
import { IN_PAGE, openPage, signInAt } from './chromium.ts'
import type { PageHotline } from './page-hotline.ts'
import { inMs, type PageRow } from './page-row.ts'
import { type SlowDown, slowDown } from './slow-down.ts'

const CALLS = 20
/** The first ones find code that was never run. */
const WARM_UP = 3
const MOST_POP_MS = 50
const MOST_FORM_MS = 100
const RINGS_MS = 1_200
const TALKS_MS = 1_500

const PAINTS = z.array(z.object({ stage: z.enum(['ringing', 'answered']), ms: z.number() }))
type Paint = z.infer<typeof PAINTS>[number]

/** From the socket's message to the pixels, four times slower than this machine. */
export async function measurePops(
  browser: Browser,
  hotline: PageHotline,
  slower: SlowDown,
): Promise<PageRow[]> {
  const { page, cdp } = await openPage(browser)
  await page.addInitScript({ path: IN_PAGE })
  await signInAt(page, hotline.url, 'lan')
  const lan = await signIn(hotline.url, { username: 'lan', password: DEMO_PASSWORD })
  await lan.post('/api/desk/state', { state: 'ready' })
  await page.locator('[data-testid=agent-state][data-state=ready]').waitFor()
  await slowDown(cdp, slower)
  for (let call = 0; call < CALLS; call += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one call after the other
    await placeCall(page, hotline, call)
  }
  const paints = PAINTS.parse(await page.evaluate('window.bench.paints'))
  await lan.post('/api/desk/state', { state: 'offline' })
  await page.context().close()
  return [
    rowOf('a pop that rings, from the socket to the pixels, 4 ×', paints, 'ringing', MOST_POP_MS),
    rowOf('its answer, from the socket to the form, 4 ×', paints, 'answered', MOST_FORM_MS),
  ]
}

function rowOf(what: string, paints: Paint[], stage: Paint['stage'], most: number): PageRow {
  const times = paints.filter((paint) => paint.stage === stage).map(({ ms }) => ms)
  const measured = times.slice(WARM_UP)
  if (measured.length === 0) throw new Error(`no pop was painted: ${stage}`)
  const p50 = median(measured)
  const p95 = quantile(measured, 0.95)
  return {
    what,
    measured: `p50 ${inMs(p50)}, p95 ${inMs(p95)}, most ${inMs(Math.max(...times))} of ${times.length}`,
    budget: `${inMs(most)} (p50)`,
    isWithin: p50 <= most,
  }
}

async function placeCall(page: Page, { simulator }: PageHotline, call: number): Promise<void> {
  const numbers = DEMO_CUSTOMERS.flatMap(({ phones }) => phones ?? [])
  const number = numbers[call % numbers.length]?.number.replaceAll(' ', '') ?? null
  simulator.placeCall({ number, answerAfterMs: () => RINGS_MS, talkMs: TALKS_MS })
  await page.waitForFunction(`window.bench.paints.length >= ${call * 2 + 2}`)
  await page.locator('[data-testid=own-call]').waitFor({ state: 'detached' })
}
