import { act } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { tell, useDesk, useLive } from './live-store.ts'
import { mountHook } from './test-support/mount.tsx'
import { aPop, aSnapshot } from './test-support/samples.ts'

beforeEach(() => tell({ type: 'signed_out' }))

test('there is no desk before the first snapshot and none after signing out', () => {
  const hook = mountHook(useDesk, undefined)
  expect(hook.now).toBeNull()
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
  expect(hook.now?.user.id).toBe('staff-1')
  act(() => tell({ type: 'signed_out' }))
  expect(hook.now).toBeNull()
})

test('a screen is drawn again by its own news only', () => {
  tell({ type: 'desk_snapshot', snapshot: aSnapshot() })
  const hook = mountHook(() => useLive((live) => live.desk?.state), undefined)
  act(() => tell({ type: 'screen_pop', pop: aPop() }))
  expect(hook.renders).toBe(1)
  act(() => tell({ type: 'agent_state', state: { ...aSnapshot().state, state: 'offline' } }))
  expect(hook.now?.state).toBe('offline')
})
