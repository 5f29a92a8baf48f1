import type { Browser, CDPSession, Page } from 'playwright-core'
import { z } from 'zod'
import { median } from '../benchmarks/statistics.ts'
import { openPage } from './chromium.ts'

/** An office PC is so many times slower than this machine. */
const SLOWER = 4
const SCRIPT = `(() => {
  const began = performance.now()
  let sum = 0
  for (let i = 0; i < 2e7; i += 1) sum = (sum * 31 + i) | 0
  return [performance.now() - began, sum]
})()`
const LAYOUT = `(() => {
  const began = performance.now()
  for (let round = 0; round < 20; round += 1) {
    const lines = Array.from({ length: 300 }, (_, i) => {
      const line = document.createElement('div')
      line.textContent = 'x' + i
      line.style.padding = (i % 7) + 'px'
      return line
    })
    document.body.replaceChildren(...lines)
    document.body.getBoundingClientRect()
  }
  return [performance.now() - began]
})()`
const TOOK = z.array(z.number()).min(1)
const TIMES = 5
const STEPS = 6

/** What Chromium is told, and how many times longer a script and a layout really take then. */
export interface SlowDown {
  rate: number
  script: number
  layout: number
}

/** Slows a page down. */
export async function slowDown(cdp: CDPSession, { rate }: Pick<SlowDown, 'rate'>): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate })
}

/**
 * The rate that makes a page as slow as an office PC's, script and layout in the mean: on a machine of two
 * processors a rate of 4 makes scripts four times slower and layout up to twelve times.
 */
export async function findSlowDown(browser: Browser): Promise<SlowDown> {
  const { page, cdp } = await openPage(browser)
  await page.setContent('<body></body>')
  let [low, high]: [number, number] = [1, SLOWER]
  let found: SlowDown = { rate: 1, script: 1, layout: 1 }
  for (let step = 0; step < STEPS; step += 1) {
    const rate = (low + high) / 2
    // oxlint-disable no-await-in-loop -- each is chosen by the one before
    // the machine is not as fast at every step
    await slowDown(cdp, { rate: 1 })
    const fast = await workTakes(page)
    await slowDown(cdp, { rate })
    const slow = await workTakes(page)
    // oxlint-enable no-await-in-loop
    found = { rate, script: slow.script / fast.script, layout: slow.layout / fast.layout }
    if (Math.sqrt(found.script * found.layout) < SLOWER) low = rate
    else high = rate
  }
  await page.context().close()
  return found
}

async function workTakes(page: Page): Promise<{ script: number; layout: number }> {
  return { script: await takes(page, SCRIPT), layout: await takes(page, LAYOUT) }
}

async function takes(page: Page, work: string): Promise<number> {
  const all: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    all.push(TOOK.parse(await page.evaluate(work))[0] ?? 0)
  }
  return median(all)
}
