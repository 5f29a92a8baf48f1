import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../../live-store.ts'
import { createObservable, useObservable } from '../../observable.ts'
import { readSetting, writeSetting } from '../../settings.ts'
import { callParty } from '../../state/caller.ts'
import { ringingPops } from '../../state/desk.ts'

const FLASH_MS = 1_000
const RING_MS = 3_000

const sound = createObservable(readSetting('sound') !== 'off')

/** Whether this browser rings; the phone rings anyway. */
export function useSound(): { isOn: boolean; toggle: () => void } {
  const isOn = useObservable(sound, (value) => value)
  const toggle = () => {
    sound.change((value) => !value)
    writeSetting('sound', sound.get() ? 'on' : 'off')
  }
  return { isOn, toggle }
}

/** Title and sound while a call rings; silent when the link is lost, so no tab rings for ever. */
export function useRinging(): void {
  const { t } = useTranslation()
  const number = useLive((live) => {
    const first = live.desk ? ringingPops(live.desk)[0] : undefined
    if (!first || live.connection.status !== 'connected') return null
    const { number: ringing } = callParty(first, live.desk?.callbacks ?? [])
    return ringing.kind === 'anonymous' ? '…' : ringing.display
  })
  const { isOn } = useSound()
  useEffect(() => {
    if (number === null) return
    return flashTitle(t('incoming.tabTitle', { number }), t('app.name'))
  }, [number, t])
  useEffect(() => {
    if (number === null || !isOn) return
    return ringInOneTab()
  }, [number, isOn])
}

function flashTitle(ringing: string, normal: string): () => void {
  document.title = ringing
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  let shown = true
  const timer = still
    ? null
    : setInterval(() => {
        shown = !shown
        document.title = shown ? ringing : normal
      }, FLASH_MS)
  return () => {
    if (timer !== null) clearInterval(timer)
    document.title = normal
  }
}

/** Of several tabs only the one that holds the lock sounds. */
function ringInOneTab(): () => void {
  const stop = new AbortController()
  const sounding = () =>
    new Promise<void>((resolve) => {
      chime()
      const timer = setInterval(chime, RING_MS)
      stop.signal.addEventListener('abort', () => {
        clearInterval(timer)
        resolve()
      })
    })
  const lock = 'locks' in navigator ? navigator.locks : undefined
  if (lock) lock.request('hotline.ring', { signal: stop.signal }, sounding).catch(() => undefined)
  else void sounding()
  return () => stop.abort()
}

let speaker: AudioContext | null = null

/** Two soft tones; a browser that forbids sound before a click stays silent. */
function chime(): void {
  speaker ??= new AudioContext()
  if (speaker.state === 'suspended') void speaker.resume().catch(() => undefined)
  tone(speaker, 880, 0)
  tone(speaker, 660, 0.22)
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
