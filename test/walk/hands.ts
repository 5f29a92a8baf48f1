import type { Page } from 'playwright-core'

/** What hands did on a page besides typing words. */
export interface Hands {
  clicks: number
  /** Presses that are no words: Enter, F2, Alt+H; a chord is one. */
  keys: number
}

/** Counts only what comes from outside the page, as from a keyboard. */
const COUNTING = `(() => {
  const hands = { clicks: 0, keys: 0 }
  globalThis.hands = hands
  addEventListener('pointerdown', ({ isTrusted }) => { if (isTrusted) hands.clicks += 1 }, true)
  addEventListener('keydown', ({ isTrusted, key, ctrlKey, altKey, target }) => {
    if (!isTrusted || ['Control', 'Alt', 'Shift', 'Meta'].includes(key)) return
    const isWord = key.length === 1 && !ctrlKey && !altKey && target.matches('input, textarea')
    if (!isWord) hands.keys += 1
  }, true)
})()`

/** From the next address on; before a page is opened. */
export const countHands = (page: Page): Promise<unknown> =>
  page.addInitScript({ content: COUNTING })

export const handsOf = (page: Page): Promise<Hands> =>
  page.evaluate<Hands>('({ ...globalThis.hands })')

/** What was done after `before`. */
export async function handsSince(page: Page, before: Hands): Promise<Hands> {
  const { clicks, keys } = await handsOf(page)
  return { clicks: clicks - before.clicks, keys: keys - before.keys }
}
