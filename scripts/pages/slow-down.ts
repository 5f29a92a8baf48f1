import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { median } from '../benchmarks/statistics.ts'
import { openPage, slowDown } from './chromium.ts'

const SCRIPT = `(() => {
  const began = performance.now()
  let sum = 0
  for (let i = 0; i < 2e7; i += 1) sum = (sum * 31 + i) | 0
  return [performance.now() - began, sum]
})()`
const LAYOUT = `(() => {
  const began = performance.now()
  for (let round = 0; round < 20; round += 1) {
    const lines = Array.from({ length: 300 }, (_, i) => Object.assign(document.createElement('div'), { textContent: 'x' + i }))
    for (const [i, line] of lines.entries()) line.style.padding = (i % 7) + 'px'
    document.body.replaceChildren(...lines)
  }
  return [performance.now() - began, document.body.offsetHeight]
})()`
const TOOK = z.array(z.number()).min(1)
const TIMES = 5

/** How many times longer a script, and changing and laying out a page, really take when Chromium slows down. */
export async function measureSlowDown(
  browser: Browser,
  times: number,
): Promise<{ script: number; layout: number }> {
  const { page, cdp } = await openPage(browser)
  await page.setContent('<body></body>')
  const took = async (work: string): Promise<number> => {
    const all: number[] = []
    for (let time = 0; time < TIMES; time += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      all.push(TOOK.parse(await page.evaluate(work))[0] ?? 0)
    }
    return median(all)
  }
  const fast = { script: await took(SCRIPT), layout: await took(LAYOUT) }
  await slowDown(cdp, times)
  const slow = { script: await took(SCRIPT), layout: await took(LAYOUT) }
  await page.context().close()
  return { script: slow.script / fast.script, layout: slow.layout / fast.layout }
}
