import { vi } from 'vitest'

/** Counts what would be heard; a chime is two tones. */
export interface FakeSpeaker {
  readonly chimes: number
}

const TONES_OF_A_CHIME = 2
let tones = 0

function ignore(): void {
  // nothing is heard
}

function countTone(): void {
  tones += 1
}

function connect<T>(next: T): T {
  return next
}

class SilentAudio {
  readonly state = 'running'
  readonly currentTime = 0
  readonly destination = {}

  createGain() {
    return { gain: { setValueAtTime: ignore, exponentialRampToValueAtTime: ignore }, connect }
  }

  createOscillator() {
    return { frequency: { value: 0 }, connect, start: countTone, stop: ignore }
  }
}

/** Stands in for the loudspeaker; undone by `vi.unstubAllGlobals`. */
export function fakeSpeaker(): FakeSpeaker {
  tones = 0
  vi.stubGlobal('AudioContext', SilentAudio)
  return {
    get chimes() {
      return tones / TONES_OF_A_CHIME
    },
  }
}
