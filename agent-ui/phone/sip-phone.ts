import { C, UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { RTCSessionEvent } from 'jssip/lib/UA'
import type { SipAccount } from '#contract/staff.ts'
import { countsOf, NOTHING_YET, qualityOf } from '../state/call-quality.ts'
import type { StatsRow } from '../state/call-quality.ts'
import { isUsableCandidate, micTroubleOf } from '../state/phone.ts'
import type { PhoneNews } from '../state/phone.ts'
import { checkAfterLoss } from './after-loss.ts'
import { openMicrophone, speakerSink } from './devices.ts'
import { createHold } from './hold-as-asked.ts'
import { isRefusal, registerAgain } from './register-again.ts'

/** What the page does with its phone. */
export interface SipPhone {
  answer: () => Promise<void>
  /** Refuses what rings, ends what talks. */
  hangUp: () => void
  hold: (isHeld: boolean) => void
  mute: (isMuted: boolean) => void
  press: (key: string) => void
  stop: () => void
}

const REGISTER_SECONDS = 120
/** Whoever waits longer for a way of the voice has found none that is better. */
const GATHER_MS = 1_000
const LOOK_MS = 2_000
const BUSY = 486
const DECLINED = 603

/** Registers at the PBX and tells what happens there. The secret stays in here. */
export function openSipPhone(account: SipAccount, hear: (news: PhoneNews) => void): SipPhone {
  const agent = new UA({
    sockets: new WebSocketInterface(account.url),
    uri: `sip:${account.user}@${new URL(account.url).hostname}`,
    password: account.secret,
    register_expires: REGISTER_SECONDS,
    // Asterisk refuses what is below its own minimum
    session_timers: false,
    user_agent: 'DCNET hotline',
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 10,
  })
  let session: RTCSession | null = null
  let isTalking = false
  const holdAsAsked = createHold()
  const voice = new Audio()
  voice.autoplay = true
  const stopTrying = registerAgain(agent)

  agent.on('registered', () => hear({ type: 'link', link: 'registered' }))
  agent.on('unregistered', () => hear({ type: 'link', link: 'away' }))
  agent.on('disconnected', () => hear({ type: 'link', link: 'away' }))
  agent.on('registrationFailed', ({ response }) => {
    hear({ type: 'link', link: isRefusal(response) ? 'refused' : 'away' })
  })
  agent.on('newRTCSession', ({ session: incoming }: RTCSessionEvent) => {
    if (session !== null) return incoming.terminate({ status_code: BUSY })
    session = incoming
    isTalking = false
    follow(incoming)
  })
  checkAfterLoss(agent, () => session && { call: session, isTalking })
  agent.start()

  function follow(call: RTCSession): void {
    let stopLooking: (() => void) | null = null
    const over = () => {
      stopLooking?.()
      voice.srcObject = null
      if (session !== call) return
      session = null
      hear({ type: 'ended' })
    }
    call.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('track', ({ streams: [stream] }) => {
        voice.srcObject = stream ?? null
        void speakerSink(voice)
      })
    })
    call.on('icecandidate', readyInTime())
    call.on('confirmed', () => {
      isTalking = true
      hear({ type: 'talking' })
      stopLooking = look(call, hear)
    })
    call.on('hold', () => hear({ type: 'held', isHeld: call.isOnHold().local }))
    call.on('unhold', () => hear({ type: 'held', isHeld: call.isOnHold().local }))
    call.on('muted', () => hear({ type: 'muted', isMuted: true }))
    call.on('unmuted', () => hear({ type: 'muted', isMuted: false }))
    call.on('ended', over)
    call.on('failed', over)
    hear({ type: 'ringing', number: call.remote_identity.uri.user ?? '' })
  }

  async function answer(): Promise<void> {
    const call = session
    if (call === null || call.isEstablished()) return
    hear({ type: 'answering' })
    let mediaStream: MediaStream
    try {
      mediaStream = await openMicrophone()
    } catch (error) {
      hear({ type: 'mic', trouble: micTroubleOf(error, isSecureContext) })
      hear({ type: 'not_answered' })
      return
    }
    hear({ type: 'mic', trouble: null })
    const close = () => mediaStream.getTracks().forEach((track) => track.stop())
    if (session !== call || call.isEnded()) return close()
    call.on('ended', close)
    call.on('failed', close)
    call.answer({ mediaStream, pcConfig: { iceServers: [] } })
  }

  return {
    answer,
    hangUp() {
      const isRinging = session !== null && !session.isEstablished()
      session?.terminate(isRinging ? { status_code: DECLINED } : {})
    },
    hold(isHeld) {
      if (session !== null) holdAsAsked(session, isHeld)
    },
    mute: (isMuted) => (isMuted ? session?.mute() : session?.unmute()),
    // in the voice's own stream, as menus of others hear it; SIP INFO ends at the PBX
    press: (key) => session?.sendDTMF(key, { transportType: C.DTMF_TRANSPORT.RFC2833 }),
    stop() {
      stopTrying()
      agent.stop()
      voice.srcObject = null
    },
  }
}

/** The first way that can carry the voice is enough, or none after a second. */
function readyInTime() {
  let timer: ReturnType<typeof setTimeout> | null = null
  return ({ candidate, ready }: { candidate: RTCIceCandidate; ready: () => void }) => {
    timer ??= setTimeout(ready, GATHER_MS)
    if (!isUsableCandidate(candidate.candidate)) return
    clearTimeout(timer)
    ready()
  }
}

/** Looks at how the voice comes until the answer is called. */
function look(call: RTCSession, hear: (news: PhoneNews) => void): () => void {
  let before = NOTHING_YET
  const timer = setInterval(() => void measure().catch(() => undefined), LOOK_MS)
  async function measure(): Promise<void> {
    const rows: StatsRow[] = []
    const report = await call.connection.getStats()
    report.forEach((row: StatsRow) => rows.push(row))
    const now = countsOf(rows)
    const { local, remote } = call.isOnHold()
    hear({ type: 'quality', quality: qualityOf(before, now, local || remote) })
    before = now
  }
  return () => clearInterval(timer)
}
