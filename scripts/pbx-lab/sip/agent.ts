import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { SipCall } from './call.ts'
import { answerChallenge } from './digest.ts'
import { formatSip, headerOf, headersOf, methodOf, parseSip, statusOf, tagIn } from './message.ts'
import type { SipMessage } from './message.ts'
import { newBranch, newToken } from './tokens.ts'
import type { SipLine, SipReply, SipRequest, SipServer } from './line.ts'

const RESEND_MS = 500
const GIVE_UP_MS = 32_000

/** What a phone signs in with. */
export type SipAccount = { readonly user: string; readonly secret: string }

type Waiting = {
  readonly onResponse: (message: SipMessage) => void
  readonly timer: NodeJS.Timeout
}

/**
 * A SIP phone on one loopback address: it places, takes, holds and transfers calls on command.
 * sipp carries the load runs; this exists because a scenario must act at the moment it sees
 * something happen, and sipp acts by time alone.
 */
export class SipAgent implements SipLine {
  readonly host: string
  readonly port: number
  readonly mediaPort: number
  readonly server: SipServer
  account: SipAccount | null = null
  /** Called for each new incoming call, with the number that was dialled. */
  onCall: (call: SipCall) => void = (call) => call.reject(486)
  /** Called for each RTP packet that this phone hears, whichever call it belongs to. */
  onMedia: (packet: Buffer) => void = () => undefined
  readonly #signalling: Socket
  readonly #media: Socket
  readonly #waiting = new Map<string, Waiting>()
  readonly #calls = new Map<string, SipCall>()
  #isClosed = false

  private constructor(signalling: Socket, media: Socket, host: string, server: SipServer) {
    this.#signalling = signalling
    this.#media = media
    this.host = host
    this.server = server
    this.port = signalling.address().port
    this.mediaPort = media.address().port
    signalling.on('message', (bytes, from) => this.#receive(bytes.toString('latin1'), from))
    media.on('message', (packet) => this.onMedia(packet))
  }

  /** Opens the phone; `port` 0 takes a free one. */
  static async open(server: SipServer, host = '127.0.0.1', port = 0): Promise<SipAgent> {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const
    await Promise.all(
      sockets.map(async (socket, index) => {
        socket.bind(index === 0 ? port : 0, host)
        await once(socket, 'listening')
      }),
    )
    return new SipAgent(sockets[0], sockets[1], host, server)
  }

  /** Signs in at the PBX, so that it sends calls for this account here. */
  async register(account: SipAccount): Promise<void> {
    this.account = account
    await this.#registerFor(account, 3600)
  }

  /** Signs out: the PBX has nowhere to send calls for this account. */
  async unregister(): Promise<void> {
    if (this.account !== null) await this.#registerFor(this.account, 0)
  }

  async #registerFor(account: SipAccount, seconds: number): Promise<void> {
    const uri = `sip:${this.server.host}:${this.server.port}`
    const self = `<sip:${account.user}@${this.server.host}>`
    const response = await this.requestWithAuth('REGISTER', uri, (cseq) => [
      ['From', `${self};tag=${newToken()}`],
      ['To', self],
      ['Call-ID', newToken()],
      ['CSeq', `${cseq} REGISTER`],
      ['Contact', `<sip:${account.user}@${this.host}:${this.port}>`],
      ['Expires', String(seconds)],
    ])
    if (statusOf(response) !== 200) throw new Error(`${account.user}: ${response.start}`)
  }

  /** Places a call. `headers` go into the INVITE as they are (binary text). */
  call(
    to: string,
    options: { readonly from?: string; readonly headers?: [string, string][] } = {},
  ): SipCall {
    const call = SipCall.outgoing(this, to, options.from ?? this.account?.user ?? 'anonymous')
    this.#calls.set(call.id, call)
    call.invite(options.headers ?? []).catch(() => call.lost())
    return call
  }

  /** Sends a request and gives its final response, signing it when the PBX asks for it. */
  async requestWithAuth(
    method: string,
    uri: string,
    headers: (cseq: number) => (readonly [string, string])[],
  ): Promise<SipMessage> {
    const first = await this.request({ method, uri, branch: newBranch(), headers: headers(1) })
    const authorization = this.authorize(first, method, uri)
    if (authorization === null) return first
    const signed = [...headers(2), authorization]
    return this.request({ method, uri, branch: newBranch(), headers: signed })
  }

  /** The header that answers a 401 or 407; null when the response is something else. */
  authorize(response: SipMessage, method: string, uri: string): [string, string] | null {
    const status = statusOf(response)
    if (this.account === null || (status !== 401 && status !== 407)) return null
    const name = status === 401 ? 'Authorization' : 'Proxy-Authorization'
    const challenge = headerOf(response, status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate')
    const input = { challenge, ...this.account, method, uri, cnonce: newToken() }
    return [name, answerChallenge(input)]
  }

  /** Sends a request until something answers it; provisional responses go to `onProgress`. */
  request(request: SipRequest, onProgress?: (message: SipMessage) => void): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new Error(`${request.method}: this phone is closed`))
      const transaction = transactionOf(request.branch, request.method)
      const startedAt = performance.now()
      const timer = setInterval(() => {
        if (performance.now() - startedAt < GIVE_UP_MS) return this.send(request)
        this.#forget(transaction)
        reject(new Error(`no answer to ${request.method} ${request.uri}`))
      }, RESEND_MS)
      const onResponse = (message: SipMessage): void => {
        clearInterval(timer)
        if (statusOf(message) < 200) return onProgress?.(message)
        this.#forget(transaction)
        resolve(message)
      }
      this.#waiting.set(transaction, { onResponse, timer })
      this.send(request)
    })
  }

  /** Sends a request once, for those that get no response (ACK). */
  send(request: SipRequest): void {
    const via = `SIP/2.0/UDP ${this.host}:${this.port};branch=${request.branch};rport`
    this.#write({
      start: `${request.method} ${request.uri} SIP/2.0`,
      headers: [['Via', via], ['Max-Forwards', '70'], ...request.headers],
      body: request.body ?? '',
    })
  }

  /** Answers a request of the PBX; gives the message so that it can be sent again. */
  respond(request: SipMessage, status: string, extra: SipReply = {}): SipMessage {
    const to = headerOf(request, 'To')
    const tagged = extra.tag === undefined || tagIn(to) !== '' ? to : `${to};tag=${extra.tag}`
    const response: SipMessage = {
      start: `SIP/2.0 ${status}`,
      headers: [
        ...headersOf(request, 'Via').map((via): [string, string] => ['Via', via]),
        ['From', headerOf(request, 'From')],
        ['To', tagged],
        ['Call-ID', headerOf(request, 'Call-ID')],
        ['CSeq', headerOf(request, 'CSeq')],
        ...(extra.headers ?? []),
      ],
      body: extra.body ?? '',
    }
    this.#write(response)
    return response
  }

  /** Sends a message again as it was (a repeated request gets the same response). */
  repeat(message: SipMessage): void {
    this.#write(message)
  }

  /** Speaks: sends an RTP packet to a port of the PBX. */
  sendMedia(packet: Buffer, port: number): void {
    if (!this.#isClosed) this.#media.send(packet, port, this.server.host)
  }

  /** Closes the sockets; calls that are still up are left to the PBX. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const transaction of this.#waiting.keys()) this.#forget(transaction)
    this.#signalling.close()
    this.#media.close()
  }

  #write(message: SipMessage): void {
    if (this.#isClosed) return
    const bytes = Buffer.from(formatSip(message), 'latin1')
    this.#signalling.send(bytes, this.server.port, this.server.host)
  }

  #forget(transaction: string): void {
    clearInterval(this.#waiting.get(transaction)?.timer)
    this.#waiting.delete(transaction)
  }

  #receive(text: string, from: RemoteInfo): void {
    const message = parseSip(text)
    if (message === null || from.port !== this.server.port) return
    if (statusOf(message) > 0) {
      const branch = /;branch=([^;]+)/.exec(headerOf(message, 'Via'))?.[1] ?? ''
      const [, method = ''] = headerOf(message, 'CSeq').split(' ')
      const waiting = this.#waiting.get(transactionOf(branch, method))
      if (waiting) return waiting.onResponse(message)
      return this.#calls.get(headerOf(message, 'Call-ID'))?.onLateResponse(message)
    }
    this.#dispatch(message)
  }

  #dispatch(request: SipMessage): void {
    const id = headerOf(request, 'Call-ID')
    const known = this.#calls.get(id)
    if (known) return known.onRequest(request)
    if (methodOf(request) === 'ACK') return
    if (methodOf(request) !== 'INVITE') {
      this.respond(request, methodOf(request) === 'OPTIONS' ? '200 OK' : '481 No such call', {
        tag: newToken(),
      })
      return
    }
    const call = SipCall.incoming(this, request)
    this.#calls.set(id, call)
    this.onCall(call)
  }
}

/** A CANCEL has the branch of the INVITE that it ends; their answers differ by method (RFC 3261 §17.1.3). */
function transactionOf(branch: string, method: string): string {
  return `${branch} ${method}`
}
