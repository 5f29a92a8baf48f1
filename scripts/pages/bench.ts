import { describeMachine } from '../benchmarks/machine.ts'
import { openChromium } from './chromium.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureLongList } from './long-list.ts'
import { measureMemory } from './page-memory.ts'
import { startPageHotline } from './page-hotline.ts'
import { printRow, type PageRow } from './page-row.ts'
import { measurePops } from './pop-paint.ts'
import { findSlowDown } from './slow-down.ts'

const wanted = process.argv.slice(2)

console.log(describeMachine())
const hotline = await startPageHotline()
const browser = await openChromium()
const slower = await findSlowDown(browser)
const { rate, script, layout } = slower
console.log(
  `4 ×: Chromium slowed down by ${rate.toFixed(2)}, a script ${script.toFixed(1)} ×, a layout ${layout.toFixed(1)} ×`,
)
const PARTS: Record<string, () => Promise<PageRow[]>> = {
  load: () => measureFirstLoad(browser, hotline.url, slower),
  pop: () => measurePops(browser, hotline, slower),
  list: () => measureLongList(browser, hotline.url, slower),
  memory: () => measureMemory(browser, hotline),
}
try {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (const row of await measure()) printRow(row)
  }
} finally {
  await browser.close()
  await hotline.stop()
}
