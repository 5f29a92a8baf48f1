import type { Page } from 'playwright-core'

/** A pill says a state: cut off it says nothing. */
const CUT_PILLS = `[...document.querySelectorAll('td')]
  .filter((cell) => cell.querySelector('[data-tone]') && cell.scrollWidth > cell.clientWidth)
  .map((cell) => 'cut: ' + cell.textContent)`

/** A column has room for its title, and none lies outside of the screen. */
const LOST_COLUMNS = `[...document.querySelectorAll('main th')]
  .filter((head) => head.getBoundingClientRect().right > head.closest('main').getBoundingClientRect().right
    || head.scrollWidth > head.clientWidth)
  .map((head) => 'no room for: ' + head.textContent)`

/** A figure of a board stands inside of its tile. */
const CUT_FIGURES = `[...document.querySelectorAll('main dd')]
  .filter((figure) => figure.scrollWidth > figure.clientWidth)
  .map((figure) => 'no room for: ' + figure.textContent)`

/** What the lists and boards of this screen have no room for. */
export function withoutRoom(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[${CUT_PILLS}, ${LOST_COLUMNS}, ${CUT_FIGURES}].flat()`)
}
