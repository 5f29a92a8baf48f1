import { createObservable, useObservable } from '../../../observable.ts'
import { ringSink } from '../../../phone/devices.ts'
import { readSetting, writeSetting } from '../../../settings.ts'

const sound = createObservable(readSetting('sound') !== 'off')

/** Whether the browser lets this page be heard; it may forbid sound until the first click or key. */
const blocked = createObservable(false)

export function useSoundBlocked(): boolean {
  return useObservable(blocked, (value) => value)
}

/** Whether this browser rings; the phone rings anyway. */
export function useSound(): { isOn: boolean; toggle: () => void } {
  const isOn = useObservable(sound, (value) => value)
  const toggle = () => {
    sound.change((value) => !value)
    writeSetting('sound', sound.get() ? 'on' : 'off')
  }
  return { isOn, toggle }
}

let speaker: AudioContext | null = null

/** Two soft tones. A browser that forbids sound before a click stays silent, and the page says so. */
export function chime(): void {
  speaker ??= openSpeaker()
  void ringSink(speaker)
  if (speaker.state === 'suspended') void speaker.resume().catch(() => undefined)
  tone(speaker, 880, 0)
  tone(speaker, 660, 0.22)
}

/** Learns whether this page may be heard, before there is anything to hear. */
export function openSound(): void {
  speaker ??= openSpeaker()
}

/** Every loudspeaker begins as one that is forbidden; one that is allowed goes on within this time. */
const BEGINS_WITHIN_MS = 1_000

function openSpeaker(): AudioContext {
  const audio = new AudioContext()
  audio.addEventListener('statechange', () => noteState(audio))
  setTimeout(() => noteState(audio), BEGINS_WITHIN_MS)
  return audio
}

function noteState({ state }: AudioContext): void {
  blocked.change(() => state === 'suspended')
}

function tone(audio: AudioContext, frequency: number, delay: number): void {
  const start = audio.currentTime + delay
  const volume = audio.createGain()
  volume.gain.setValueAtTime(0.0001, start)
  volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.2)
  const source = audio.createOscillator()
  source.frequency.value = frequency
  source.connect(volume).connect(audio.destination)
  source.start(start)
  source.stop(start + 0.22)
}
