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

/** Rules whose findings are never grave: a finding is as grave as its rule. */
const LIGHT_RULES = `Object.fromEntries(axe._audit.rules
  .filter(({ impact }) => impact === 'minor' || impact === 'moderate')
  .map(({ id }) => [id, { enabled: false }]))`
/** `styles` reads the style sheets that the page has loaded by then; the others leave them alone. */
const RULES = {
  all: `rules: ${LIGHT_RULES}, preload: false`,
  contrast: `runOnly: ['color-contrast'], preload: false`,
  styles: `runOnly: ['css-orientation-lock']`,
}

/**
 * What keeps people from using the page as it stands: "rule: where, why". `content`: without the frame
 * around the screen, where there is one; `dialog`, `menu`, `alert`: what was opened last.
 */
export async function graveFindings(
  page: Page,
  { rules, part }: { rules: keyof typeof RULES; part: PagePart },
): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(await source)
  const options = `{ resultTypes: ['violations'], elementRef: false, selectors: false, ${RULES[rules]} }`
  // the rest of the answer is long
  const violations = await page.evaluate<AxeResults['violations']>(
    `axe.run(${PART[part]}, ${options}).then(({ violations }) => violations)`,
  )
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    )
}
