import type { RTCSession } from 'jssip/lib/RTCSession'

/** What a call is asked for; the rest of it belongs to the phone. */
type AskedCall = Pick<RTCSession, 'sendInfo' | 'terminate'>

interface LossEvents {
  on(event: 'disconnected' | 'registered', heard: () => void): unknown
}

const UNAVAILABLE = 480

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
  agent.on('disconnected', () => {
    wasLost = true
  })
  agent.on('registered', () => {
    const now = wasLost ? current() : null
    wasLost = false
    if (now?.isTalking === true) now.call.sendInfo('text/plain')
    else now?.call.terminate({ status_code: UNAVAILABLE })
  })
}
