import { act } from 'react'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '#contract/staff.ts'
import { useAction, useActions } from '../../actions.ts'
import { tell } from '../../live-store.ts'
import { mountHook } from '../../test-support/mount.tsx'
import { mountRouted, settle } from '../../test-support/page.tsx'
import { aUser } from '../../test-support/samples.ts'
import { forgetWorkspace } from '../../workspace-store.ts'
import { useShortcuts } from './use-shortcuts.ts'

function Page({ user }: { user: SessionUser }) {
  const help = useShortcuts(user)
  return (
    <>
      {help.opened && <p>help</p>}
      <input aria-label="note" />
      <div role="dialog">
        <button type="button">inside</button>
      </div>
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

function found(page: { element: HTMLElement }, selector: string): Element {
  const element = page.element.querySelector(selector)
  if (!element) throw new Error(`the page has a ${selector}`)
  return element
}

/** `g`, then the letter of a screen. */
async function go(letter: string, target?: Element): Promise<boolean> {
  await press({ key: 'g' }, target)
  return press({ key: letter }, target)
}

describe('g and a letter', () => {
  test('go to the screen that has this letter', async () => {
    const page = await mountRouted(<Page user={aUser({ role: 'supervisor' })} />)
    expect(await go('q')).toBe(true)
    expect(page.path()).toBe('/queues')
  })

  test('of a screen that this role is not offered do nothing', async () => {
    const page = await mountRouted(<Page user={aUser({ role: 'field' })} />)
    expect(await go('d')).toBe(false)
    expect(page.path()).toBe('/here')
  })

  test('are letters in a note and behind an open dialog', async () => {
    const page = await mountRouted(<Page user={aUser()} />)
    expect(await go('t', found(page, 'input'))).toBe(false)
    expect(await go('t', found(page, '[role=dialog] button'))).toBe(false)
    expect(page.path()).toBe('/here')
  })

  test('with another key between them are nothing', async () => {
    const page = await mountRouted(<Page user={aUser()} />)
    await press({ key: 'g' })
    await press({ key: 'y' })
    expect(await press({ key: 't' })).toBe(false)
    expect(page.path()).toBe('/here')
  })
})

test('an Alt key works in the middle of a note, and not behind an open dialog', async () => {
  const page = await mountRouted(<Page user={aUser()} />)
  let runs = 0
  mountHook(useAction, { id: 'a', keys: 'Alt+A', label: 'A', run: () => void (runs += 1) })
  const alt = { altKey: true, code: 'KeyA' }
  expect(await press(alt, found(page, 'input'))).toBe(true)
  expect(await press(alt, found(page, '[role=dialog] button'))).toBe(false)
  expect(runs).toBe(1)
})

test('a held key gives its order once, and walks a list', async () => {
  await mountRouted(<Page user={aUser()} />)
  const runs: string[] = []
  const action = (keys: string) => ({
    id: keys,
    keys,
    label: keys,
    run: () => void runs.push(keys),
  })
  mountHook(useActions, ['F9', 'Alt+A', 'j'].map(action))
  for (const init of [{ key: 'F9' }, { altKey: true, code: 'KeyA' }, { key: 'j' }]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await press(init)
    // oxlint-disable-next-line no-await-in-loop
    expect(await press({ ...init, repeat: true })).toBe(true)
  }
  expect(runs).toEqual(['F9', 'Alt+A', 'j', 'j'])
})

test('the question mark shows the list of shortcuts, unless it is typed', async () => {
  const page = await mountRouted(<Page user={aUser()} />)
  await press({ key: '?' }, found(page, 'input'))
  expect(page.element.textContent).not.toContain('help')
  await press({ key: '?' })
  expect(page.element.textContent).toContain('help')
})

test('the slash goes to the list of tickets, unless the screen has a search of its own', async () => {
  const page = await mountRouted(<Page user={aUser()} />)
  let searches = 0
  const own = mountHook(useAction, {
    id: 'own',
    keys: '/',
    label: 'search here',
    run: () => void (searches += 1),
  })
  await press({ key: '/' })
  expect([searches, page.path()]).toEqual([1, '/here'])
  own.unmount()
  await press({ key: '/' })
  expect(page.path()).toBe('/tickets')
})

test('a page that was left hears no keys', async () => {
  const page = await mountRouted(<Page user={aUser()} />)
  page.unmount()
  expect(await press({ key: '?' })).toBe(false)
})
