import { describeMachine } from '../benchmarks/machine.ts'
import { openChromium } from './chromium.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureLongList } from './long-list.ts'
import { measureMemory } from './page-memory.ts'
import { startPageHotline } from './page-hotline.ts'
import { printRow, type PageRow } from './page-row.ts'
import { measurePops } from './pop-paint.ts'

const wanted = process.argv.slice(2)

console.log(describeMachine())
const hotline = await startPageHotline()
const browser = await openChromium()
const PARTS: Record<string, () => Promise<PageRow[]>> = {
  load: () => measureFirstLoad(browser, hotline.url),
  pop: () => measurePops(browser, hotline),
  list: () => measureLongList(browser, hotline.url),
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
