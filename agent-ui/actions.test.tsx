import { act } from 'react'
import { describe, expect, test } from 'vitest'
import {
  beginsChord,
  runChord,
  useAction,
  useActions,
  useKeyedActions,
  useKeysOf,
  usePageActions,
} from './actions.ts'
import type { PageAction } from './actions.ts'
import { mountHook } from './test-support/mount.tsx'
import { settle } from './test-support/page.tsx'

function run(): void {
  // does nothing
}

function offer(action: PageAction) {
  return mountHook(useAction, action)
}

function press(chord: string): boolean {
  let wasTaken = false
  act(() => {
    wasTaken = runChord(chord)
  })
  return wasTaken
}

describe('an action of the page', () => {
  test('runs by its key while it is shown, and no longer', () => {
    let runs = 0
    const shown = offer({ id: 'a', keys: 'Alt+A', label: 'A', run: () => void (runs += 1) })
    expect(press('Alt+A')).toBe(true)
    shown.unmount()
    expect(press('Alt+A')).toBe(false)
    expect(runs).toBe(1)
  })

  test('has no key while it is not possible', () => {
    const shown = offer({ id: 'a', keys: 'Alt+A', label: 'A', when: false, run })
    expect(press('Alt+A')).toBe(false)
    shown.update({ id: 'a', keys: 'Alt+A', label: 'A', when: true, run })
    expect(press('Alt+A')).toBe(true)
  })

  test('runs as it was shown last, not as it was first', () => {
    const seen: string[] = []
    const shown = offer({ id: 'a', keys: 'Alt+A', label: 'A', run: () => void seen.push('first') })
    shown.update({ id: 'a', keys: 'Alt+A', label: 'A', run: () => void seen.push('last') })
    press('Alt+A')
    expect(seen).toEqual(['last'])
  })

  test('shown later takes the key of one shown before, and gives it back', () => {
    const seen: string[] = []
    offer({ id: 'page', keys: 'Alt+N', label: 'page', run: () => void seen.push('page') })
    const front = offer({
      id: 'dialog',
      keys: 'Alt+N',
      label: 'dialog',
      run: () => void seen.push('dialog'),
    })
    press('Alt+N')
    front.unmount()
    press('Alt+N')
    expect(seen).toEqual(['dialog', 'page'])
  })

  test('on a bar keeps its key from one of the page that is shown later, which says none meanwhile', async () => {
    const seen: string[] = []
    const action = (id: string) => ({ id, keys: 'Alt+U', label: id, run: () => void seen.push(id) })
    const bar = offer({ ...action('mute'), isOnBar: true })
    offer(action('attach'))
    const [keys, help] = [mountHook(useKeysOf, 'attach'), mountHook(useKeyedActions, undefined)]
    press('Alt+U')
    await settle()
    expect([keys.now, help.now.map(({ id }) => id)]).toEqual([undefined, ['mute']])
    bar.unmount()
    press('Alt+U')
    await settle()
    expect([keys.now, help.now.map(({ id }) => id)]).toEqual(['Alt+U', ['attach']])
    expect(seen).toEqual(['mute', 'attach'])
  })
})

test('the help lists each key once, with what it would do, and nothing without a key', async () => {
  const list = mountHook(useKeyedActions, undefined)
  const two: readonly PageAction[] = [
    { id: 'a', keys: 'Alt+A', label: 'A', run },
    { id: 'b', keys: null, label: 'B', run },
  ]
  mountHook(useActions, two)
  offer({ id: 'c', keys: 'Alt+A', label: 'C', run })
  await settle()
  expect(list.now.map(({ label }) => label)).toEqual(['C'])
})

test('the palette lists each action once, also those without a key', async () => {
  const list = mountHook(usePageActions, undefined)
  offer({ id: 'a', keys: null, label: 'A', run })
  offer({ id: 'b', keys: 'Alt+B', label: 'page', run })
  offer({ id: 'b', keys: 'Alt+B', label: 'front', run })
  await settle()
  expect(list.now.map(({ label }) => label)).toEqual(['A', 'front'])
})

test('a tooltip has the key of its action while that can be done', async () => {
  const keys = mountHook(useKeysOf, 'a')
  expect(keys.now).toBeUndefined()
  const shown = offer({ id: 'a', keys: 'Alt+A', label: 'A', run })
  await settle()
  expect(keys.now).toBe('Alt+A')
  shown.unmount()
  await settle()
  expect(keys.now).toBeUndefined()
})

test('many changes at once are told once, and one that was taken back is not told at all', async () => {
  const shown = offer({ id: 'a', keys: 'Alt+A', label: 'A', run })
  const [list, keys] = [mountHook(useKeyedActions, undefined), mountHook(useKeysOf, 'a')]
  await settle()
  const before = [list.renders, keys.renders]
  act(() => {
    shown.update({ id: 'a', keys: 'Alt+A', label: 'anew', run })
    offer({ id: 'b', keys: 'Alt+B', label: 'B', run })
  })
  await settle()
  expect(list.now.map(({ label }) => label)).toEqual(['anew', 'B'])
  expect([list.renders, keys.renders]).toEqual([(before[0] ?? 0) + 1, before[1]])
})

test('a chord begins another while an action has both keys', () => {
  expect(beginsChord('g')).toBe(false)
  offer({ id: 'a', keys: 'g t', label: 'A', run })
  expect([beginsChord('g'), beginsChord('t')]).toEqual([true, false])
})
