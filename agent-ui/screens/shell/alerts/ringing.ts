import { useEffect } from 'react'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useLive } from '../../../live-store.ts'
import { afterPaint } from '../../../page-sight.ts'
import { usePhone } from '../../../phone/phone-store.ts'
import { callParty } from '../../../state/caller.ts'
import { isPbxLost } from '../../../state/connection.ts'
import { ringingPops } from '../../../state/desk.ts'
import { showNotice } from './notice.ts'
import { chime, useSound } from './sound.ts'

const FLASH_MS = 1_000
const RING_MS = 3_000
/** So long an unseen page waits before it asks the system to say it. */
const UNSEEN_MS = 5_000

/**
 * Title, sound and system notice while a call rings; silent when the link or its PBX is lost, so that no tab
 * rings for ever.
 * It shows nothing of its own, so that a ring draws nothing anew but the bar, and comes after that.
 */
export function Ringing(): null {
  const { t } = useTranslation()
  const atPhone = usePhone(({ call }) => (call?.stage === 'ringing' ? call.number || '…' : null))
  const ofPop = useLive((live) => {
    const first = live.desk ? ringingPops(live.desk)[0] : undefined
    if (!first || live.connection.status !== 'connected') return null
    if (isPbxLost(live.pbx, first.call.pbxId)) return null
    const { number: ringing } = callParty(first, live.desk?.callbacks ?? [])
    return ringing.kind === 'anonymous' ? '…' : ringing.display
  })
  const number = ofPop ?? atPhone
  const { isOn } = useSound()
  useEffect(() => {
    if (number === null) return
    return fromPaintOn(() => flashTitle(t('incoming.tabTitle', { number }), t('app.name')))
  }, [number, t])
  useEffect(() => {
    if (number === null || !isOn) return
    return fromPaintOn(ringInOneTab)
  }, [number, isOn])
  useEffect(() => {
    if (number === null) return
    return tellUnseen(t('incoming.tabTitle', { number }))
  }, [number, t])
  return null
}

function fromPaintOn(begin: () => () => void): () => void {
  let end: (() => void) | null = null
  const callOff = afterPaint(() => {
    end = begin()
  })
  return () => {
    callOff()
    if (end) afterPaint(end)
  }
}

/** The system says what no page of this person has shown for five seconds; it is taken back when it is over. */
function tellUnseen(text: string): () => void {
  let close: (() => void) | null = null
  const timer = setTimeout(() => {
    if (document.visibilityState === 'hidden') close = showNotice(text)
  }, UNSEEN_MS)
  return () => {
    clearTimeout(timer)
    close?.()
  }
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
