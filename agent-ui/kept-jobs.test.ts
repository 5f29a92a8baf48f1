import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetKeptJobs, keepJobs, readKeptJobs } from './kept-jobs.ts'
import { aTicket, aUser } from './test-support/samples.ts'

const AT = Date.parse('2026-11-28T01:00:00.000Z')
const kept = { user: aUser({ id: 'kt' }), at: AT, jobs: [], tickets: [aTicket()] }

function full(): never {
  throw new DOMException('full')
}

beforeEach(() => localStorage.clear())
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('what was seen last is there at the next start, for a day', () => {
  keepJobs(kept)
  expect(readKeptJobs(AT + 23 * 3_600_000)).toEqual(kept)
  expect(readKeptJobs(AT + 24 * 3_600_000)).toBeNull()
  forgetKeptJobs()
  expect(readKeptJobs(AT)).toBeNull()
  expect(localStorage.length).toBe(0)
})

test('another build does not read what this one wrote', () => {
  keepJobs(kept)
  const script = Object.assign(document.createElement('script'), { src: '/assets/index-2.js' })
  vi.spyOn(document, 'querySelector').mockReturnValue(script)
  expect(readKeptJobs(AT)).toBeNull()
})

test('where there is no room nothing old stays behind', () => {
  keepJobs(kept)
  const room = localStorage
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => room.getItem(key),
    removeItem: (key: string) => room.removeItem(key),
    setItem: full,
  })
  keepJobs({ ...kept, at: AT + 1 })
  expect(readKeptJobs(AT)).toBeNull()
})
