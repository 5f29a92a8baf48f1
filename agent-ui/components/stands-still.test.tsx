import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PbxStatus } from '#contract/queues.ts'
import { tell } from '../live-store.ts'
import { mount } from '../test-support/mount.tsx'
import { inPage } from '../test-support/page.tsx'
import { aSnapshot } from '../test-support/samples.ts'
import { AsOf, StandsStill, StandsStillWithPbx } from './stands-still.tsx'
import { Elapsed } from './timers.tsx'

const START = '2026-11-22T03:00:00.000Z'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(START) })
  tell({ type: 'signed_out' })
  tell({ type: 'connection', status: 'connected' })
  tell({ type: 'desk_snapshot', snapshot: aSnapshot({ serverTime: START }) })
})
afterEach(() => vi.useRealTimers())

const pass = (seconds: number) => act(() => void vi.advanceTimersByTime(seconds * 1000))

test('what runs stands still within five seconds after the news stopped, at the moment of the loss', () => {
  const { element } = mount(
    inPage(
      <StandsStill>
        <Elapsed since={START} />
        <AsOf />
      </StandsStill>,
    ),
  )
  pass(10)
  expect(element.textContent).toBe('0:10')
  act(() => tell({ type: 'connection', status: 'disconnected' }))
  pass(2)
  expect(element.textContent).toBe('0:12')
  pass(2)
  expect(element.textContent).toBe('0:10số liệu tính đến 10:00:10')
  pass(60)
  expect(element.textContent).toBe('0:10số liệu tính đến 10:00:10')
  act(() => tell({ type: 'connection', status: 'connected' }))
  pass(1)
  expect(element.textContent).toBe('1:15')
})

function pbx(pbxId: string, link: PbxStatus['link'], since: string): PbxStatus {
  return { pbxId, link, since, version: null, problem: null }
}

const shown = (pbxId?: string) =>
  mount(
    inPage(
      <StandsStillWithPbx {...(pbxId === undefined ? {} : { pbxId })}>
        <Elapsed since={START} />
      </StandsStillWithPbx>,
    ),
  ).element

test('what a PBX tells stands still with it, and what another one tells runs on', () => {
  const [own, other, any] = [shown('pbx1'), shown('pbx2'), shown()]
  const lost = pbx('pbx1', 'closed', '2026-11-22T03:00:05.000Z')
  act(() => tell({ type: 'pbx_status', pbx: [lost, pbx('pbx2', 'ready', START)] }))
  pass(20)
  expect([own.textContent, other.textContent, any.textContent]).toEqual(['0:05', '0:20', '0:20'])
  const later = pbx('pbx2', 'closed', '2026-11-22T03:00:20.000Z')
  act(() => tell({ type: 'pbx_status', pbx: [lost, later] }))
  pass(5)
  expect([own.textContent, other.textContent, any.textContent]).toEqual(['0:05', '0:20', '0:05'])
})

test.each([
  ['the link', '2026-11-22T03:00:15.000Z', '0:10'],
  ['its PBX', '2026-11-22T03:00:05.000Z', '0:05'],
])('what a PBX tells is as of the loss of %s when that came first', (_first, lostAt, shows) => {
  const { element } = mount(
    inPage(
      <StandsStill>
        <StandsStillWithPbx>
          <Elapsed since={START} />
        </StandsStillWithPbx>
      </StandsStill>,
    ),
  )
  pass(10)
  act(() => {
    tell({ type: 'pbx_status', pbx: [pbx('pbx1', 'closed', lostAt)] })
    tell({ type: 'connection', status: 'disconnected' })
  })
  pass(20)
  expect(element.textContent).toBe(shows)
})
