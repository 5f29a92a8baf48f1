import type { SipMessage } from './message.ts'

/** Where the PBX listens. */
export type SipServer = { readonly host: string; readonly port: number }

/** One outgoing request; `branch` names its transaction. */
export type SipRequest = {
  readonly method: string
  readonly uri: string
  readonly branch: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
}

/** What a response adds to the headers that it copies from its request. */
export type SipReply = {
  readonly tag?: string
  readonly headers?: [string, string][]
  readonly body?: string
}

/** What a call needs of its phone: an address and a way to send. */
export type SipLine = {
  readonly host: string
  readonly port: number
  readonly mediaPort: number
  readonly server: SipServer
  /** Sends a request until something answers it; provisional responses go to `onProgress`. */
  request(request: SipRequest, onProgress?: (message: SipMessage) => void): Promise<SipMessage>
  /** Sends a request once, for those that get no response (ACK). */
  send(request: SipRequest): void
  /** Answers a request of the PBX; gives the message so that it can be sent again. */
  respond(request: SipMessage, status: string, reply?: SipReply): SipMessage
  /** Sends a message again as it was (a repeated request gets the same response). */
  repeat(message: SipMessage): void
  /** The header that answers a 401 or 407; null when the response is something else. */
  authorize(response: SipMessage, method: string, uri: string): [string, string] | null
}
