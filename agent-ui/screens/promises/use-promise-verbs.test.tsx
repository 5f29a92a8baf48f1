import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallbackView } from '#contract/callbacks.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { loadTexts, speak } from '../../test-support/texts.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { aCallback } from '../../test-support/samples.ts'
import { promiseColumns } from './promise-columns.tsx'
import { usePromiseVerbs } from './use-promise-verbs.tsx'

let service: FakeService
beforeEach(() => {
  loadTexts()
  service = fakeService()
})
afterEach(() => {
  vi.unstubAllGlobals()
  speak('vi')
})

const LOADED = {
  isPending: false,
  isError: false,
  error: null,
  refetch: () => undefined,
  dataUpdatedAt: 0,
}

function Ledger({ rows }: { rows: readonly CallbackView[] }) {
  const { t } = useTranslation()
  const { verbs, dialog } = usePromiseVerbs()
  return (
    <>
      <DataList
        label="ledger"
        source={LOADED}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ id }) => id}
        columns={promiseColumns(t)}
        verbs={verbs}
        empty={{ title: '' }}
      />
      {dialog}
    </>
  )
}

const button = (text: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent === text)

test('an own promise is dialled by one press, a colleague’s is only read, in both languages', async () => {
  const ofLan = aCallback({
    id: 'callback-2',
    assignee: { id: 'lan', displayName: 'Lan' },
    createdBy: 'lan',
    verdict: 'broken',
  })
  const { element } = await mountRouted(inPage(<Ledger rows={[aCallback(), ofLan]} />))
  const rows = [...element.querySelectorAll('[data-row]')]
  expect(rows.map((row) => row.querySelectorAll('button').length > 0)).toEqual([true, false])
  expect(rows[1]?.textContent).toContain('Lỡ hẹn')
  service.answer('POST /api/callbacks/callback-1/dial', { status: 202, body: aCallback() })
  act(() => button('Gọi ngay')?.click())
  await settle()
  expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toContain(
    'POST /api/callbacks/callback-1/dial',
  )
  speak('en')
  expect(rows[1]?.textContent).toContain('Broken')
})
