import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { signIn } from '../demo/api-client.ts'
import { startPeople } from '../demo/busy-agents.ts'
import { startDemoPbx } from '../demo/demo-pbx.ts'
import { startOwnService, stopAll } from '../demo/own-service.ts'
import { DEMO_CALLERS, DEMO_PASSWORD, DEMO_STAFF, PERSON_AT_THE_BROWSER } from '../demo/people.ts'
import { openChromium } from '../pages/chromium.ts'
import { playDemoDay } from './demo-day.ts'
import { pictureGallery } from './gallery.ts'
import { pictureForReadme } from './readme.ts'
import { pictureEveryScreen } from './walk.ts'

/** Until calls were answered, given up and promised back; the README shows a day that begins. */
const WARM_UP_MS = { all: 75_000, readme: 30_000 }
const stops: (() => unknown)[] = []

async function main(args: string[]): Promise<void> {
  const [given = 'all'] = args
  if (given !== 'all' && given !== 'readme') throw new Error(`unknown: ${given}; say "readme"`)
  const what: keyof typeof WARM_UP_MS = given
  const pbx = await startDemoPbx(console.log)
  stops.push(() => pbx.stop())
  console.log(pbx.what)
  const url = await startOwnService(pbx, (stop) => void stops.push(stop))
  const day = await playDemoDay(url)
  const extensions = DEMO_STAFF.flatMap(({ extension }) => extension ?? [])
  stops.push(await pbx.startTraffic(extensions, DEMO_CALLERS))
  const people = await startPeople(url, console.log)
  stops.push(() => people.stop())
  const agent = await signIn(url, { username: PERSON_AT_THE_BROWSER, password: DEMO_PASSWORD })
  await agent.post('/api/desk/state', { state: 'ready' })
  console.log(`calls arrive; pictures begin in ${WARM_UP_MS[what] / 1000} s`)
  await delay(WARM_UP_MS[what])
  const browser = await openChromium()
  stops.push(() => browser.close())
  const folder = what === 'readme' ? 'docs/pictures' : 'screenshots'
  // the README keeps what it shows until a new one is there
  if (what === 'all') await rm(folder, { recursive: true, force: true })
  const count =
    what === 'readme'
      ? await pictureForReadme(browser, { url, folder })
      : (await pictureEveryScreen(
          browser,
          { url, folder },
          { ...day, ...(await recordsOf(url)) },
        )) + (await pictureGallery(browser, folder))
  console.log(`${count} pictures in ${folder}/`)
}

const rows = z.object({ items: z.array(z.object({ id: z.string() })) })

/** A call with an answer and a customer with a history. */
async function recordsOf(url: string): Promise<{ call: string; customer: string }> {
  const admin = await signIn(url, { username: 'admin', password: DEMO_PASSWORD })
  const calls = rows.parse(await admin.get('/api/calls?status=ended&limit=1'))
  const customers = rows.parse(await admin.get('/api/customers?limit=1'))
  return { call: calls.items[0]?.id ?? '', customer: customers.items[0]?.id ?? '' }
}

async function end(code: number): Promise<never> {
  await stopAll(stops)
  process.exit(code)
}

process.once('SIGINT', () => void end(130))
process.once('SIGTERM', () => void end(143))
try {
  await main(process.argv.slice(2))
  await end(0)
} catch (error) {
  console.error(error)
  await end(1)
}
