import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PART = { page: 'document', content: "document.getElementById('content') ?? document" }
const GRAVE = ['serious', 'critical']

/** Gives this page the rules; before it is opened. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript(await source)
}

/**
 * What keeps people from using the page as it stands: "rule: where, why". `content`: without the frame
 * around the screen, where there is one.
 */
export async function graveFindings(
  page: Page,
  { rules, part }: { rules: 'all' | 'contrast'; part: 'page' | 'content' },
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
