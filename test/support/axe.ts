import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const OPEN = (selector: string) =>
  `[...document.querySelectorAll('${selector}')].filter((one) => one.getClientRects().length > 0).at(-1)`
const PART = {
  page: 'document',
  content: "document.getElementById('content') ?? document",
  dialog: OPEN('[role="dialog"]'),
  menu: OPEN('[role="menu"]'),
  alert: OPEN('[role="alert"]'),
}
export type PagePart = keyof typeof PART
const GRAVE = ['serious', 'critical']

/** Gives this page the rules; before it is opened. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript(await source)
}

/**
 * What keeps people from using the page as it stands: "rule: where, why". `content`: without the frame
 * around the screen, where there is one; `dialog`, `menu`, `alert`: what was opened last.
 */
export async function graveFindings(
  page: Page,
  { rules, part }: { rules: 'all' | 'contrast'; part: PagePart },
): Promise<string[]> {
  const only = rules === 'all' ? {} : { runOnly: ['color-contrast'] }
  const options = JSON.stringify({ resultTypes: ['violations'], elementRef: false, ...only })
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${PART[part]}, ${options})`)
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    )
}
