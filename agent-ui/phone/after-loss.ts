import type { RTCSession } from 'jssip/lib/RTCSession'

/** What a call is asked for; the rest of it belongs to the phone. */
export type AskedCall = Pick<RTCSession, 'sendInfo' | 'terminate'>

interface LossEvents {
  on(event: 'disconnected' | 'registered', heard: () => void): unknown
}

const UNAVAILABLE = 480
/** A PBX that is still loading takes registrations and has no word on calls yet. */
const ASK_AFTER_MS = [0, 2_000, 5_000, 10_000]

/**
 * After the connection was lost and is back: a PBX that was started anew knows nothing of the call and has
 * said no goodbye, and the phone would be busy with nobody. A talk is asked about, and ends itself where the
 * PBX does not know it; what only rang, rings anew if it still does.
 */
export function checkAfterLoss(
  agent: LossEvents,
  current: () => { call: AskedCall; isTalking: boolean } | null,
): void {
  let wasLost = false
  let timers: ReturnType<typeof setTimeout>[] = []
  agent.on('disconnected', () => {
    wasLost = true
    timers.forEach(clearTimeout)
  })
  agent.on('registered', () => {
    const now = wasLost ? current() : null
    wasLost = false
    if (now === null) return
    const { call, isTalking } = now
    if (!isTalking) return call.terminate({ status_code: UNAVAILABLE })
    const ask = () => current()?.call === call && call.sendInfo('text/plain')
    timers = ASK_AFTER_MS.map((ms) => setTimeout(ask, ms))
  })
}
