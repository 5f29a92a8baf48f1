import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, mountRouted, settle, testClient } from '../../test-support/page.tsx'
import { queries } from '../../queries.ts'
import { ImportScreen, Running } from './import-screen.tsx'

afterEach(() => vi.unstubAllGlobals())

const underWay = {
  id: 'import-1',
  status: 'reading',
  dryRun: false,
  lines: 2,
  created: 0,
  updated: 0,
  unchanged: 0,
  faults: [],
}

async function choose(input: HTMLInputElement | null, file: File): Promise<void> {
  if (input === null) throw new Error('there is no field for a file')
  Object.defineProperty(input, 'files', { value: [file] })
  act(() => void input.dispatchEvent(new Event('change', { bubbles: true })))
  await settle()
}

test('the list of imports is read again when one has ended, and not while it runs', async () => {
  const service = fakeService()
  service.answer('GET /api/customers/import/import-1', { body: underWay })
  const client = testClient()
  const list = queries.importList().queryKey
  client.setQueryData(list, { pages: [], pageParams: [] })
  mount(inPage(<Running id="import-1" />, { client }))
  await settle()
  expect(client.getQueryState(list)?.isInvalidated).toBe(false)
  const key = queries.importReport('import-1').queryKey
  service.answer('GET /api/customers/import/import-1', { body: { ...underWay, status: 'done' } })
  await act(() => client.invalidateQueries({ queryKey: key }))
  await settle()
  expect(client.getQueryState(list)?.isInvalidated).toBe(true)
})

test('a file that cannot be read, and an import of which nothing is heard, say why in the page', async () => {
  const service = fakeService()
  const refused = { type: 'about:blank', title: 'Problem', status: 422, detail: '' }
  const errors = [{ path: '', code: 'encoding', message: 'not UTF-8' }]
  service.answer('POST /api/customers/import?mode=preview', {
    status: 422,
    body: { ...refused, errors },
  })
  const { element } = await mountRouted(inPage(<ImportScreen />))
  const input = element.querySelector<HTMLInputElement>('input[type="file"]')
  await choose(input, new File(['a'], 'khach.csv'))
  expect(element.textContent).toContain('Tệp không phải UTF-8')
  const running = mount(inPage(<Running id="import-1" />))
  await settle()
  expect(running.element.textContent).toContain('Thử lại')
})
