import { createHmac } from 'node:crypto'
import { lookup as lookUpName } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupAddress, LookupOptions } from 'node:dns'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { messageOf } from '../errors.ts'
import { faultOfUrl, literalAddress, refusalOfAddress } from './address-guard.ts'
import { secretKey, signedContent } from './alarm-message.ts'

export interface WebhookMessage {
  /** The same at every try, so that the other side takes it once. */
  id: string
  body: string
  /** `whsec_…` */
  secret: string
  url: string
  allowPrivate: boolean
  /** Now, in seconds. */
  timestamp: number
}

/** Where a name leads, as the system says. */
export type ResolveName = (hostname: string) => Promise<LookupAddress[]>

/** From the look-up to the end of the answer. */
const LIMIT_MS = 10_000
/** What an answer may say; nobody reads it. */
const MOST_ANSWER_BYTES = 64 * 1024

/** It was not sent, or not taken; `message` says which, and why. */
export class WebhookFailed extends Error {
  override readonly name = 'WebhookFailed'
}

export type WebhookOutbox = ReturnType<typeof createWebhookOutbox>

/**
 * Sends a message once. A redirect is an answer like any other that is not 2xx; the address that was checked is
 * the one that is connected to, because the connection asks this look-up and no other.
 */
export function createWebhookOutbox({
  resolve = resolveBySystem,
  limitMs = LIMIT_MS,
}: { resolve?: ResolveName; limitMs?: number } = {}) {
  /** Throws WebhookFailed. */
  async function send(message: WebhookMessage): Promise<void> {
    const url = urlOf(message.url)
    // of a host that is an address already nobody is asked
    const literal = literalAddress(url.hostname)
    const refused = literal && refusedAmong([{ address: literal }], message.allowPrivate)
    if (refused !== null) throw new WebhookFailed(refused)
    const isPlain = url.protocol === 'http:'
    const request = (isPlain ? requestPlain : requestSecure)(url, {
      method: 'POST',
      headers: headersOf(message),
      // no connection is kept: the next message is checked anew
      agent: false,
      lookup: checkedLookup(message.allowPrivate, resolve),
      signal: AbortSignal.timeout(limitMs),
    })
    request.end(message.body)
    const answer = await answerTo(request)
    const { statusCode: status = 0 } = answer
    if (status >= 300 && status < 400)
      throw new WebhookFailed(`the other side sends elsewhere (${status}): redirects are refused`)
    if (status < 200 || status > 299) throw new WebhookFailed(`the other side answered ${status}`)
  }

  /** Why nothing would be sent there now; null: nothing is known against it. */
  async function refusalOf(text: string, allowPrivate: boolean): Promise<string | null> {
    try {
      const { hostname } = urlOf(text)
      const known = literalAddress(hostname)
      const found = known === null ? await resolve(hostname).catch(() => []) : [{ address: known }]
      return refusedAmong(found, allowPrivate)
    } catch (error) {
      return messageOf(error)
    }
  }

  return { send, refusalOf }
}

function urlOf(text: string): URL {
  const fault = faultOfUrl(text)
  if (fault !== null) throw new WebhookFailed(`no address for a webhook: ${fault}`)
  return new URL(text)
}

function checkedLookup(allowPrivate: boolean, resolve: ResolveName): RequestOptions['lookup'] {
  return (hostname, options: LookupOptions, done) => {
    resolve(hostname).then(
      (found) => {
        const refused = refusedAmong(found, allowPrivate)
        const [first] = found
        if (refused !== null || first === undefined) {
          done(new WebhookFailed(refused ?? `${hostname} has no address`), '', 0)
          return
        }
        if (options.all === true) done(null, [first])
        else done(null, first.address, first.family)
      },
      (error: unknown) => done(new WebhookFailed(messageOf(error)), '', 0),
    )
  }
}

/** One address that is refused refuses the name: which one is connected to is not the other side's choice. */
function refusedAmong(
  found: readonly Pick<LookupAddress, 'address'>[],
  allowPrivate: boolean,
): string | null {
  for (const { address } of found) {
    const refusal = refusalOfAddress(address)
    if (refusal === 'never') return `${address} is no address that anything is sent to`
    if (refusal === 'private' && !allowPrivate)
      return `${address} is within the house: an administrator must allow it`
  }
  return null
}

function headersOf({ id, body, secret, timestamp }: WebhookMessage): Record<string, string> {
  const key = Buffer.from(secretKey(secret), 'base64')
  const mac = createHmac('sha256', key)
    .update(signedContent(id, timestamp, body))
    .digest('base64')
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'User-Agent': 'dcnet-hotline',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${mac}`,
  }
}

/** Read to its end, so that a slow one is over within the limit too. */
function answerTo(request: ReturnType<typeof requestPlain>): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    const failWith = (error: Error) =>
      fail(
        error.name === 'AbortError' || error.name === 'TimeoutError'
          ? new WebhookFailed('the other side took too long')
          : new WebhookFailed(error.message),
      )
    request.on('error', failWith)
    request.on('response', (answer) => {
      let bytes = 0
      answer.on('error', failWith)
      answer.on('data', (piece: Uint8Array) => {
        bytes += piece.length
        if (bytes > MOST_ANSWER_BYTES)
          request.destroy(new WebhookFailed('the answer is longer than 64 kB'))
      })
      answer.on('end', () => done(answer))
    })
  })
}

function resolveBySystem(hostname: string): Promise<LookupAddress[]> {
  return new Promise((done, fail) => {
    lookUpName(hostname, { all: true, verbatim: true }, (error, found) => {
      if (error) fail(error)
      else done(found)
    })
  })
}
