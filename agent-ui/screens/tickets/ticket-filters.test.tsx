import { afterEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted } from '../../test-support/page.tsx'
import { TicketFilters } from './ticket-filters.tsx'

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['a telephone, which shows cards, has none', true, []],
  ['a wide page has it', false, ['Cột']],
])('the menu of the columns: %s', async (_what, matches, buttons) => {
  fakeService()
  const media = { matches, addEventListener: () => undefined, removeEventListener: () => undefined }
  vi.stubGlobal('matchMedia', () => media)
  const { element } = await mountRouted(inPage(<TicketFilters search={{}} />))
  expect([...element.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual(
    buttons,
  )
})
