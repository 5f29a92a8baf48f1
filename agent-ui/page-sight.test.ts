import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { afterPaint } from './page-sight.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('what comes after the paint', () => {
  test('is done once, after the next frame', () => {
    const act = vi.fn<() => void>()
    afterPaint(act)
    vi.advanceTimersToNextFrame()
    expect(act).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1_000)
    expect(act).toHaveBeenCalledOnce()
  })

  test('is done at once on a page that nobody sees', () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const act = vi.fn<() => void>()
    afterPaint(act)
    expect(act).toHaveBeenCalledOnce()
  })

  test('is done after 200 ms when no frame comes', () => {
    vi.stubGlobal('requestAnimationFrame', () => 0)
    const act = vi.fn<() => void>()
    afterPaint(act)
    vi.advanceTimersByTime(199)
    expect(act).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(act).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })

  test.each([0, 16])('is not done when it is called off %i ms later', (ms) => {
    const act = vi.fn<() => void>()
    const callOff = afterPaint(act)
    vi.advanceTimersByTime(ms)
    callOff()
    vi.advanceTimersByTime(1_000)
    expect(act).not.toHaveBeenCalled()
  })
})
