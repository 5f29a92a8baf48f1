import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, type } from '../../test-support/page.tsx'
import { CallFilters } from './call-filters.tsx'

beforeEach(() => {
  vi.setSystemTime('2026-11-28T02:00:00.000Z')
  const lan = { id: 'lan', displayName: 'Lan', role: 'agent', extension: '102', state: null }
  fakeService().answer('GET /api/directory', { body: { people: [lan], queues: [], pbxs: [] } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function opened(search: Parameters<typeof CallFilters>[0]['search']) {
  const page = await mountRouted(inPage(<CallFilters search={search} />))
  await settle()
  const field = (label: string) =>
    page.element.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)
  return { ...page, field }
}

test('the days of an agent’s calls are said, also where none was chosen', async () => {
  const { field } = await opened({ agent: 'lan' })
  expect([field('Từ ngày')?.value, field('Đến ngày')?.value]).toEqual(['2026-10-30', '2026-11-28'])
  expect(field('Lọc theo điện thoại viên')?.value).toBe('lan')
})

test('who has no phone any more stays chosen', async () => {
  const { field } = await opened({ agent: 'gone' })
  expect(field('Lọc theo điện thoại viên')?.value).toBe('gone')
})

test('a day that is half typed leaves the list alone, a whole one changes its address', async () => {
  const page = await opened({})
  await type(page.field('Từ ngày'), '0002-11-20')
  expect(page.path()).toBe('/here')
  expect(page.field('Từ ngày')?.value).toBe('0002-11-20')
  await type(page.field('Từ ngày'), '2026-11-20')
  expect(page.path()).toBe('/calls')
})
