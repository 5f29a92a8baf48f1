import { act } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { mount } from '../../test-support/mount.tsx'
import { useKeptFocus } from './use-kept-focus.ts'

function Page({ hasField, hasDialog = false }: { hasField: boolean; hasDialog?: boolean }) {
  useKeptFocus()
  return (
    <main id="content" tabIndex={0}>
      {hasField && <input aria-label="subject" />}
      {hasDialog && <div role="dialog" />}
    </main>
  )
}

beforeEach(() => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
})

const frame = () =>
  act(
    () =>
      new Promise<void>((resolve) => void setTimeout(() => requestAnimationFrame(() => resolve()))),
  )
const focused = () => document.activeElement?.id ?? ''

test('the work has the keyboard when the field that had it goes away or is left', async () => {
  const page = mount(<Page hasField />)
  page.element.querySelector('input')?.focus()
  page.show(<Page hasField={false} />)
  await frame()
  expect(focused()).toBe('content')
  page.show(<Page hasField />)
  const field = page.element.querySelector('input')
  field?.focus()
  field?.blur()
  await frame()
  expect(focused()).toBe('content')
})

test('a page that was just opened begins at its top', async () => {
  const page = mount(<Page hasField />)
  page.show(<Page hasField={false} />)
  await frame()
  expect(document.activeElement).toBe(document.body)
})

test('a dialog keeps what it does with the keyboard', async () => {
  const page = mount(<Page hasField hasDialog />)
  page.element.querySelector('input')?.focus()
  page.show(<Page hasField={false} hasDialog />)
  await frame()
  expect(document.activeElement).toBe(document.body)
})
