import type { Browser } from 'playwright-core'
import { describeMachine } from '../benchmarks/machine.ts'
import { openChromium } from './chromium.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureLongList } from './long-list.ts'
import { measureMemory } from './page-memory.ts'
import { type PageHotline, startPageHotline } from './page-hotline.ts'
import { printRow, type PageRow } from './page-row.ts'
import { measurePops } from './pop-paint.ts'
import { findSlowDown, type SlowDown } from './slow-down.ts'

const PARTS: Record<
  string,
  (browser: Browser, hotline: PageHotline, slower: SlowDown) => Promise<PageRow[]>
> = {
  load: (browser, { url }, slower) => measureFirstLoad(browser, url, slower),
  pop: measurePops,
  list: (browser, { url }, slower) => measureLongList(browser, url, slower),
  memory: measureMemory,
}
const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !Object.hasOwn(PARTS, name))
if (unknown !== undefined) {
  console.error(`${unknown} is not measured; there are ${Object.keys(PARTS).join(', ')}`)
  process.exit(1)
}

console.log(describeMachine())
const hotline = await startPageHotline()
const browser = await openChromium()
const slower = await findSlowDown(browser)
const { rate, script, layout } = slower
console.log(
  `4 ×: Chromium slowed down by ${rate.toFixed(2)}, a script ${script.toFixed(1)} ×, a layout ${layout.toFixed(1)} ×`,
)
try {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (const row of await measure(browser, hotline, slower)) printRow(row)
  }
} finally {
  await browser.close()
  await hotline.stop()
}
