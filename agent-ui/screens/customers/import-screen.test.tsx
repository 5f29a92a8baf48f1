import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, testClient } from '../../test-support/page.tsx'
import { queries } from '../../queries.ts'
import { Running } from './import-screen.tsx'

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
