/** Why the microphone cannot be used: forbidden, not there, taken by another program, no https. */
export type MicTrouble = 'blocked' | 'absent' | 'busy' | 'insecure'

/**
 * The browser phone of this page: off (the phone is on the desk), in another tab, on its way, registered,
 * away (it comes back by itself), or refused by the PBX.
 */
export type PhoneLink = 'off' | 'elsewhere' | 'connecting' | 'registered' | 'away' | 'refused'

export type CallStage = 'ringing' | 'answering' | 'talking'

export type Quality = 'good' | 'middling' | 'bad'

export interface PhoneCall {
  stage: CallStage
  /** Whom the telephone shows; empty when it shows nobody. */
  number: string
  isHeld: boolean
  isMuted: boolean
  /** Null until it was measured. */
  quality: Quality | null
}

export interface Phone {
  link: PhoneLink
  call: PhoneCall | null
  mic: MicTrouble | null
}

export type PhoneNews =
  | { type: 'link'; link: PhoneLink }
  | { type: 'mic'; trouble: MicTrouble | null }
  | { type: 'ringing'; number: string }
  | { type: 'answering' }
  | { type: 'not_answered' }
  | { type: 'talking' }
  | { type: 'held'; isHeld: boolean }
  | { type: 'muted'; isMuted: boolean }
  | { type: 'quality'; quality: Quality }
  | { type: 'ended' }

export const PHONE_OFF: Phone = { link: 'off', call: null, mic: null }

/** The phone after this. What is said of a call that is over changes nothing. */
export function phoneAfter(phone: Phone, news: PhoneNews): Phone {
  switch (news.type) {
    case 'link': {
      const isGone = news.link === 'off' || news.link === 'elsewhere'
      return { ...phone, link: news.link, ...(isGone ? { call: null, mic: null } : {}) }
    }
    case 'mic':
      // of a phone on the desk nobody needs it
      return phone.link === 'off' ? phone : { ...phone, mic: news.trouble }
    case 'ringing':
      return { ...phone, call: newCall(news.number) }
    case 'ended':
      return { ...phone, call: null }
    case 'answering':
      return withCall(phone, { stage: 'answering' })
    case 'not_answered':
      return withCall(phone, { stage: 'ringing' })
    case 'talking':
      return withCall(phone, { stage: 'talking' })
    case 'held':
      return withCall(phone, { isHeld: news.isHeld })
    case 'muted':
      return withCall(phone, { isMuted: news.isMuted })
    case 'quality':
      return withCall(phone, { quality: news.quality })
  }
}

function newCall(number: string): PhoneCall {
  return { stage: 'ringing', number, isHeld: false, isMuted: false, quality: null }
}

function withCall(phone: Phone, change: Partial<PhoneCall>): Phone {
  return phone.call === null ? phone : { ...phone, call: { ...phone.call, ...change } }
}

/** The name of what a browser threw; an OverconstrainedError is no Error in all of them. */
export function thrownName(thrown: unknown): string {
  const isNamed = typeof thrown === 'object' && thrown !== null && 'name' in thrown
  return isNamed ? String(thrown.name) : ''
}

/** What is wrong, by what a browser threw when it was asked for a microphone. */
export function micTroubleOf(thrown: unknown, isSecure: boolean): MicTrouble {
  if (!isSecure) return 'insecure'
  switch (thrownName(thrown)) {
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'DevicesNotFoundError':
      return 'absent'
    case 'NotReadableError':
    case 'AbortError':
    case 'TrackStartError':
      return 'busy'
    default:
      return 'blocked'
  }
}

/** Whether media can come by this candidate: not by a name of this network alone, nor by TCP. */
export function isUsableCandidate(candidate: string): boolean {
  const [, , protocol = '', , address = ''] = candidate.split(' ')
  return protocol.toLowerCase() === 'udp' && address !== '' && !address.endsWith('.local')
}
