import { act } from 'react'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '#contract/staff.ts'
import { tell } from '../../live-store.ts'
import { mountHook } from '../../test-support/mount.tsx'
import { mountRouted, settle } from '../../test-support/page.tsx'
import { aPop, aSnapshot, aUser } from '../../test-support/samples.ts'
import { forgetWorkspace, useWorkspace } from '../../workspace-store.ts'
import { useShortcuts } from './use-shortcuts.ts'

function Page({ user }: { user: SessionUser }) {
  const help = useShortcuts(user)
  return (
    <>
      {help.opened && <p>help</p>}
      <input aria-label="note" />
    </>
  )
}

beforeEach(() => {
  tell({ type: 'signed_out' })
  forgetWorkspace()
})

/** Presses a key in a field or in the page; true when the page took it from the browser. */
async function press(init: KeyboardEventInit, target: Element = document.body): Promise<boolean> {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  act(() => void target.dispatchEvent(event))
  await settle()
  return event.defaultPrevented
}

/** An element that a shortcut works on, as the screens mark it. */
function marked(tag: 'button' | 'input', action: string): { element: HTMLElement; clicks: number } {
  const element = document.body.appendChild(document.createElement(tag))
  element.dataset.shortcut = action
  const seen = { element, clicks: 0 }
  element.addEventListener('click', () => {
    seen.clicks += 1
  })
  return seen
}

describe('Alt and a digit', () => {
  test('goes to the screen at that place in the bar of this role', async () => {
    const page = await mountRouted(<Page user={aUser({ role: 'supervisor' })} />)
    expect(await press({ altKey: true, code: 'Digit3', key: '3' })).toBe(true)
    expect(page.path()).toBe('/queues')
  })

  test('beyond the last screen is left to the browser', async () => {
    const page = await mountRouted(<Page user={aUser({ role: 'field' })} />)
    expect(await press({ altKey: true, code: 'Digit2', key: '2' })).toBe(false)
    expect(page.path()).toBe('/here')
  })
})

test('the question mark shows the list of shortcuts, unless it is typed', async () => {
  const page = await mountRouted(<Page user={aUser()} />)
  const field = page.element.querySelector('input')
  if (!field) throw new Error('the page has a field')
  await press({ key: '?' }, field)
  expect(page.element.textContent).toBe('')
  await press({ key: '?' })
  expect(page.element.textContent).toBe('help')
})

describe('a shortcut for something on the screen', () => {
  test('presses its button', async () => {
    await mountRouted(<Page user={aUser()} />)
    const button = marked('button', 'promise')
    expect(await press({ altKey: true, code: 'KeyH', key: 'h' })).toBe(true)
    expect(button.clicks).toBe(1)
    expect(document.activeElement).toBe(button.element)
    button.element.remove()
  })

  test('that is not there does nothing', async () => {
    await mountRouted(<Page user={aUser()} />)
    expect(await press({ altKey: true, code: 'KeyS', key: 's' })).toBe(false)
  })

  test('puts the cursor into the search field, else goes where there is one', async () => {
    const page = await mountRouted(<Page user={aUser()} />)
    const search = marked('input', 'search')
    expect(await press({ key: '/' })).toBe(true)
    expect(document.activeElement).toBe(search.element)
    expect(page.path()).toBe('/here')
    search.element.remove()
    await press({ key: '/' })
    expect(page.path()).toBe('/tickets')
  })
})

describe('Alt+C', () => {
  test('previews the call that rings first, on the desk', async () => {
    const page = await mountRouted(<Page user={aUser()} />)
    const later = { ...aPop().call, id: 'call-2', enteredAt: '2026-11-22T03:01:00.000Z' }
    const pops = [aPop(), aPop({ id: 'pop-2', call: later })]
    act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops }) }))
    expect(await press({ altKey: true, code: 'KeyC', key: 'c' })).toBe(true)
    expect(page.path()).toBe('/desk')
    expect(mountHook(useWorkspace, undefined).now.activeKey).toBe('call-1')
  })

  test('does nothing while no call rings', async () => {
    const page = await mountRouted(<Page user={aUser()} />)
    expect(await press({ altKey: true, code: 'KeyC', key: 'c' })).toBe(false)
    expect(page.path()).toBe('/here')
  })
})

test('a page that was left hears no keys', async () => {
  const page = await mountRouted(<Page user={aUser()} />)
  page.unmount()
  expect(await press({ key: '?' })).toBe(false)
})
