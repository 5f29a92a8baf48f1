import { vi } from 'vitest'

/** Counts what would be heard; a chime is two tones. */
export interface FakeSpeaker {
  readonly chimes: number
  /** As a browser does before the first click, and takes it back. */
  forbid: () => void
  allow: () => void
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

const speakers = new Set<SilentAudio>()

class SilentAudio extends EventTarget {
  state: 'running' | 'suspended' = 'running'
  readonly currentTime = 0
  readonly destination = {}

  constructor() {
    super()
    speakers.add(this)
  }

  become(state: 'running' | 'suspended'): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }

  createGain() {
    return { gain: { setValueAtTime: ignore, exponentialRampToValueAtTime: ignore }, connect }
  }

  createOscillator() {
    return { frequency: { value: 0 }, connect, start: countTone, stop: ignore }
  }
}

function become(state: SilentAudio['state']): void {
  for (const speaker of speakers) speaker.become(state)
}

/** Stands in for the loudspeaker; undone by `vi.unstubAllGlobals`. */
export function fakeSpeaker(): FakeSpeaker {
  tones = 0
  vi.stubGlobal('AudioContext', SilentAudio)
  return {
    get chimes() {
      return tones / TONES_OF_A_CHIME
    },
    forbid: () => become('suspended'),
    allow: () => become('running'),
  }
}
