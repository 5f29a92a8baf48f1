import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chooseDevice, devicesFor, isMicBlocked, openMicrophone, ringSink } from './devices.ts'

const asked: unknown[] = []
let refuse: ((audio: unknown) => string | null) | null = null

beforeEach(() => {
  localStorage.clear()
  asked.length = 0
  refuse = null
  vi.stubGlobal('navigator', {
    mediaDevices: {
      async getUserMedia({ audio }: { audio: object }) {
        asked.push('deviceId' in audio ? audio.deviceId : 'any')
        const name = refuse?.(audio) ?? null
        if (name !== null) throw new DOMException('no', name)
        return 'a stream'
      },
      enumerateDevices: async () => [
        { kind: 'audioinput', deviceId: 'default', label: 'Default' },
        { kind: 'audioinput', deviceId: 'm1', label: 'Jabra' },
        { kind: 'audiooutput', deviceId: 's1', label: 'Loa' },
        { kind: 'audiooutput', deviceId: 's2', label: '' },
      ],
    },
    permissions: { query: async () => ({ state: 'denied' }) },
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('the microphone', () => {
  test('is any, or the one that was chosen', async () => {
    await openMicrophone()
    chooseDevice('mic', 'm1')
    await openMicrophone()
    expect(asked).toEqual(['any', { exact: 'm1' }])
  })

  test('that was unplugged loses no call: another one is taken', async () => {
    chooseDevice('mic', 'm1')
    refuse = (audio) =>
      typeof audio === 'object' && audio !== null && 'deviceId' in audio
        ? 'OverconstrainedError'
        : null
    expect(await openMicrophone()).toBe('a stream')
    expect(asked).toEqual([{ exact: 'm1' }, 'any'])
  })

  test('that is blocked is asked for once, and known beforehand', async () => {
    chooseDevice('mic', 'm1')
    refuse = () => 'NotAllowedError'
    await expect(openMicrophone()).rejects.toThrow('no')
    expect(asked).toHaveLength(1)
    expect(await isMicBlocked()).toBe(true)
  })

  test('is not there on a page without https, nor is anything known of it', async () => {
    vi.stubGlobal('navigator', {})
    await expect(openMicrophone()).rejects.toThrow('https')
    expect(await devicesFor('mic')).toEqual([])
    expect(await isMicBlocked()).toBe(false)
  })
})

test('devices are offered by their names, each for what it can do', async () => {
  expect(await devicesFor('mic')).toEqual([{ value: 'm1', label: 'Jabra' }])
  expect(await devicesFor('ring')).toEqual([{ value: 's1', label: 'Loa' }])
})

test('it rings where it was chosen, and by the system’s device when that is gone', async () => {
  chooseDevice('ring', 's1')
  const sinks: string[] = []
  const player = new EventTarget()
  await ringSink(player)
  await ringSink(
    Object.assign(player, {
      async setSinkId(id: string) {
        sinks.push(id)
        throw new DOMException('gone', 'NotFoundError')
      },
    }),
  )
  expect(sinks).toEqual(['s1'])
})
