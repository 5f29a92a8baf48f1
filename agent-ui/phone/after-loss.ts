/** What a call of JsSIP is asked for here; the rest of it belongs to the phone. */
export interface AskedCall {
  sendInfo(type: string, body: undefined, options: { extraHeaders: string[] }): void
  terminate(options?: { status_code: number }): void
  /** Of every question, as it is sent. */
  on(event: 'newInfo', heard: (sent: { info: Question }) => void): unknown
}

interface Question {
  on(event: 'failed', heard: () => void): unknown
}

interface LossEvents {
  on(event: 'disconnected' | 'registered', heard: () => void): unknown
  /** Where the PBX reaches this phone now. */
  readonly contact: { toString: () => string }
}

const UNAVAILABLE = 480
/** A PBX that is still loading takes registrations and has no word on calls yet. */
const ASK_AFTER_MS = [0, 2_000, 5_000, 10_000]
/** Asterisk answers 200 to keys of which none is named, in a talk that it knows. */
const NO_KEY = 'application/dtmf-relay'

/**
 * After the connection was lost and is back: a PBX that was started anew knows nothing of the call and has
 * said no goodbye, and one that does know it would say goodbye to where this phone was before. So it is
 * asked about the talk, with the new address, and the talk ends where it is not known; what only rang
 * rings anew if it still does.
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
    const isOn = () => current()?.call === call
    call.on('newInfo', ({ info }) => info.on('failed', () => isOn() && call.terminate()))
    const extraHeaders = [`Contact: ${agent.contact.toString()}`]
    const ask = () => isOn() && call.sendInfo(NO_KEY, undefined, { extraHeaders })
    timers = ASK_AFTER_MS.map((ms) => setTimeout(ask, ms))
  })
}
