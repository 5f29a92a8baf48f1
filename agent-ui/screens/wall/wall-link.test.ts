import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WallNews } from '../../state/wall.ts'
import { aWallBoard } from '../../test-support/wall-samples.ts'
import { connectWall, type WallSocket } from './wall-link.ts'

let told: WallNews['type'][]
let stop: () => void
let socket: ReturnType<typeof aSocket>

/** What the library does is played by the test. */
function aSocket() {
  const listeners = new Map<string, (value: unknown) => void>()
  const played = {
    active: true,
    connects: 0,
    left: false,
    on: (name: string, listener: (value: unknown) => void) => listeners.set(name, listener),
    connect: () => void (played.connects += 1),
    disconnect: () => void (played.left = true),
    removeAllListeners: () => listeners.clear(),
  }
  const happen = (name: string, value: unknown) => listeners.get(name)?.(value)
  // the overloads of the library cannot be written by hand
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { link: played as unknown as WallSocket, played, happen }
}

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  socket = aSocket()
  stop = connectWall(
    ({ type }) => void told.push(type),
    () => socket.link,
  )
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

test('a socket that the service closed asks again, and one that was refused is told so and asks no more', () => {
  socket.happen('wall_board', aWallBoard())
  socket.happen('disconnect', 'io server disconnect')
  expect(socket.played.connects).toBe(1)
  socket.played.active = false
  socket.happen('connect_error', new Error('no_screen'))
  vi.advanceTimersByTime(60_000)
  expect([told, socket.played.connects]).toEqual([['board', 'lost', 'refused'], 1])
})

test('a service that cannot say is asked again every five seconds, for ever', () => {
  socket.played.active = false
  for (let n = 0; n < 200; n += 1) {
    socket.happen('connect_error', new Error('unavailable'))
    vi.advanceTimersByTime(5_000)
  }
  expect(socket.played.connects).toBe(200)
})

test('what the library retries by itself is left to it, and after the end nothing is asked', () => {
  socket.happen('connect_error', new Error('websocket error'))
  socket.played.active = false
  socket.happen('connect_error', new Error('unavailable'))
  stop()
  vi.advanceTimersByTime(60_000)
  expect([told, socket.played.connects, socket.played.left]).toEqual([['lost', 'lost'], 0, true])
})
