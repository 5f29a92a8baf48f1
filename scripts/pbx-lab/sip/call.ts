import type { SipLine } from './line.ts'
import {
  addressIn,
  audioPortOf,
  dialledOf,
  headerOf,
  methodOf,
  statusOf,
  tagIn,
} from './message.ts'
import type { SipMessage } from './message.ts'
import { newBranch, newToken } from './tokens.ts'

/** The RTP payload type by which keys come (RFC 4733). */
export const TONES = 101

/** How a call ended: who ended it and the SIP status when it was never answered. */
export type CallEnd = {
  readonly by: 'us' | 'them'
  readonly wasUp: boolean
  readonly status: number
}

const REASONS: Readonly<Record<number, string>> = {
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  603: 'Decline',
}

/** One call as this phone sees it. Promises tell when it rings, is up, is held, is over. */
export class SipCall {
  readonly id: string
  /** The number that was dialled. */
  readonly dialled: string
  /** What the other side calls itself (From of an incoming call, binary text). */
  readonly caller: string
  /** Resolves at the first 18x (outgoing) or at once (incoming). */
  readonly ringing: Promise<void>
  /** True once answered, false when the call ended without an answer. */
  readonly up: Promise<boolean>
  readonly ended: Promise<CallEnd>
  /** Where the PBX hears this phone; null until both have agreed. */
  audioPort: number | null = null
  readonly #agent: SipLine
  readonly #localTag = newToken()
  readonly #events = {
    ringing: Promise.withResolvers<void>(),
    up: Promise.withResolvers<boolean>(),
    ended: Promise.withResolvers<CallEnd>(),
  }
  #state: 'early' | 'up' | 'ended' = 'early'
  #self: string
  #peer: string
  #target: string
  #cseq = 1
  #mediaVersion = 0
  #inviteBranch = newBranch()
  #inviteHeaders: [string, string][] = []
  #request: SipMessage | null = null
  #lastResponse: SipMessage | null = null

  private constructor(
    agent: SipLine,
    id: string,
    peer: string,
    self: string,
    target: string,
    dialled: string,
  ) {
    this.#agent = agent
    this.id = id
    this.caller = peer
    this.#peer = peer
    this.#self = self
    this.#target = target
    this.dialled = dialled
    this.ringing = this.#events.ringing.promise
    this.up = this.#events.up.promise
    this.ended = this.#events.ended.promise
  }

  static outgoing(agent: SipLine, to: string, from: string): SipCall {
    const target = `sip:${to}@${agent.server.host}:${agent.server.port}`
    const self = from.includes('<') ? from : `<sip:${from}@${agent.host}>`
    return new SipCall(agent, newToken(), `<${target}>`, self, target, to)
  }

  static incoming(agent: SipLine, request: SipMessage): SipCall {
    const id = headerOf(request, 'Call-ID')
    const target = addressIn(headerOf(request, 'Contact'))
    const peer = headerOf(request, 'From')
    const call = new SipCall(agent, id, peer, headerOf(request, 'To'), target, dialledOf(request))
    call.#request = request
    call.audioPort = audioPortOf(request)
    call.#lastResponse = agent.respond(request, '100 Trying')
    call.#events.ringing.resolve()
    return call
  }

  /** Sends the INVITE of an outgoing call (the phone does it). */
  async invite(headers: [string, string][]): Promise<void> {
    this.#inviteHeaders = headers
    let response = await this.#sendInvite([])
    const authorization = this.#agent.authorize(response, 'INVITE', this.#target)
    if (authorization !== null) {
      this.#ackFailure(response)
      this.#cseq += 1
      this.#inviteBranch = newBranch()
      response = await this.#sendInvite([authorization])
    }
    if (statusOf(response) >= 300) {
      this.#ackFailure(response)
      return this.#end('them', statusOf(response))
    }
    this.#peer = headerOf(response, 'To')
    this.#target = addressIn(headerOf(response, 'Contact'))
    this.audioPort = audioPortOf(response)
    this.#sendAck()
    if (this.#state === 'ended') return this.#bye()
    this.#answered()
  }

  /** 180 Ringing on an incoming call. */
  ring(): void {
    this.#reply('180 Ringing')
  }

  /** Takes an incoming call. */
  answer(): void {
    if (this.#state !== 'early') return
    this.#reply('200 OK', this.#sdp('sendrecv'))
    this.#answered()
  }

  /** Refuses an incoming call. */
  reject(status: number): void {
    if (this.#state !== 'early') return
    this.#reply(`${status} ${REASONS[status] ?? 'Rejected'}`)
    this.#end('us', status)
  }

  /** Sends an incoming call on to another address, as a phone with "forward all" does. */
  redirect(address: string): void {
    if (this.#state !== 'early') return
    this.#reply('302 Moved Temporarily', '', ['Contact', `<${address}>`])
    this.#end('us', 302)
  }

  /** Ends the call: BYE when it is up, CANCEL while it rings. */
  async hangup(): Promise<void> {
    if (this.#state === 'ended') return
    const wasUp = this.#state === 'up'
    this.#end('us', wasUp ? 200 : 487)
    if (wasUp) return this.#bye()
    if (this.#request !== null) return this.#reply('603 Decline')
    const headers = this.#headers('CANCEL', this.#cseq)
    await this.#agent.request({
      method: 'CANCEL',
      uri: this.#target,
      branch: this.#inviteBranch,
      headers,
    })
  }

  /** Puts the other side on hold, or takes it back with 'sendrecv'. */
  async hold(direction: 'sendonly' | 'sendrecv' = 'sendonly'): Promise<void> {
    const response = await this.#inDialog('INVITE', [], this.#sdp(direction))
    this.#sendAck()
    if (statusOf(response) !== 200) throw new Error(`hold refused: ${response.start}`)
  }

  /** Presses a key on the phone (SIP INFO). */
  async press(key: string): Promise<void> {
    const body = `Signal=${key}\r\nDuration=160\r\n`
    const response = await this.#inDialog(
      'INFO',
      [['Content-Type', 'application/dtmf-relay']],
      body,
    )
    if (statusOf(response) !== 200) throw new Error(`key refused: ${response.start}`)
  }

  /** Blind transfer to a number, or attended transfer to the other end of `consult`. */
  async transfer(to: string | SipCall): Promise<void> {
    const referTo =
      typeof to === 'string' ? `<sip:${to}@${this.#agent.server.host}>` : to.#replaces()
    const by: [string, string] = ['Referred-By', `<${addressIn(this.#self)}>`]
    const response = await this.#inDialog('REFER', [['Refer-To', referTo], by])
    if (statusOf(response) >= 300) throw new Error(`transfer refused: ${response.start}`)
  }

  /** The PBX does not answer, or this phone was closed: the call is over (408). */
  lost(): void {
    this.#end('them', 408)
  }

  /** A request of the PBX inside this call. */
  onRequest(request: SipMessage): void {
    const method = methodOf(request)
    if (method === 'INVITE') return this.#onInvite(request)
    if (method === 'ACK') return
    this.#agent.respond(request, '200 OK', { tag: this.#localTag })
    if (method === 'CANCEL' && this.#state === 'early') {
      this.#reply('487 Request Terminated')
      this.#end('them', 487)
    }
    if (method === 'BYE') this.#end('them', 200)
  }

  /** A response after its transaction was settled: a repeated 200 needs its ACK again. */
  onLateResponse(response: SipMessage): void {
    if (statusOf(response) === 200 && headerOf(response, 'CSeq').endsWith('INVITE')) this.#sendAck()
  }

  #onInvite(request: SipMessage): void {
    const isRepeated =
      this.#request && headerOf(request, 'CSeq') === headerOf(this.#request, 'CSeq')
    if (isRepeated && this.#lastResponse !== null) return this.#agent.repeat(this.#lastResponse)
    this.#request = request
    this.#reply('200 OK', this.#sdp('sendrecv'))
  }

  #sendInvite(extra: [string, string][]): Promise<SipMessage> {
    const request = {
      method: 'INVITE',
      uri: this.#target,
      branch: this.#inviteBranch,
      headers: [
        ...this.#headers('INVITE', this.#cseq),
        ...this.#inviteHeaders,
        ...this.#media(),
        ...extra,
      ],
      body: this.#sdp('sendrecv'),
    }
    return this.#agent.request(request, (progress) => {
      if (statusOf(progress) > 100) this.#events.ringing.resolve()
    })
  }

  #sendAck(): void {
    const headers = this.#headers('ACK', this.#cseq)
    this.#agent.send({ method: 'ACK', uri: this.#target, branch: newBranch(), headers })
  }

  #ackFailure(response: SipMessage): void {
    const headers = this.#headers('ACK', this.#cseq).map(([name, value]): [string, string] =>
      name === 'To' ? [name, headerOf(response, 'To')] : [name, value],
    )
    this.#agent.send({ method: 'ACK', uri: this.#target, branch: this.#inviteBranch, headers })
  }

  #inDialog(method: string, extra: [string, string][], body = ''): Promise<SipMessage> {
    this.#cseq += 1
    const media = body === '' || method !== 'INVITE' ? [] : this.#media()
    const headers = [...this.#headers(method, this.#cseq), ...media, ...extra]
    return this.#agent.request({ method, uri: this.#target, branch: newBranch(), headers, body })
  }

  async #bye(): Promise<void> {
    await this.#inDialog('BYE', [])
  }

  #headers(method: string, cseq: number): [string, string][] {
    return [
      ['From', tagIn(this.#self) === '' ? `${this.#self};tag=${this.#localTag}` : this.#self],
      ['To', this.#peer],
      ['Call-ID', this.id],
      ['CSeq', `${cseq} ${method}`],
      this.#contact(),
    ]
  }

  #contact(): [string, string] {
    return ['Contact', `<sip:lab@${this.#agent.host}:${this.#agent.port}>`]
  }

  #media(): [string, string][] {
    return [
      ['Content-Type', 'application/sdp'],
      ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY'],
    ]
  }

  #reply(status: string, body = '', contact = this.#contact()): void {
    if (this.#request === null) return
    const headers = [contact, ...(body === '' ? [] : this.#media())]
    const extra = { tag: this.#localTag, headers, body }
    this.#lastResponse = this.#agent.respond(this.#request, status, extra)
  }

  #replaces(): string {
    const id = `${this.id};to-tag=${tagIn(this.#peer)};from-tag=${this.#localTag}`
    return `<${addressIn(this.#peer)}?Replaces=${encodeURIComponent(id)}>`
  }

  #sdp(direction: 'sendrecv' | 'sendonly'): string {
    const { host, mediaPort } = this.#agent
    this.#mediaVersion += 1
    const head = `v=0\r\no=lab 1 ${this.#mediaVersion} IN IP4 ${host}\r\ns=lab\r\nc=IN IP4 ${host}\r\nt=0 0\r\n`
    return `${head}m=audio ${mediaPort} RTP/AVP 8 0 ${TONES}\r\na=rtpmap:${TONES} telephone-event/8000\r\na=${direction}\r\n`
  }

  #answered(): void {
    this.#state = 'up'
    this.#events.ringing.resolve()
    this.#events.up.resolve(true)
  }

  #end(by: 'us' | 'them', status: number): void {
    if (this.#state === 'ended') return
    const wasUp = this.#state === 'up'
    this.#state = 'ended'
    this.#events.up.resolve(wasUp)
    this.#events.ringing.resolve()
    this.#events.ended.resolve({ by, wasUp, status })
  }
}
