import { setTimeout as delay } from 'node:timers/promises'
import { CallInbox, type PhoneBehaviour } from './phone.ts'
import { SipAgent } from './sip/agent.ts'
import type { SipServer } from './sip/line.ts'
import type { CallEnd, SipCall } from './sip/call.ts'

/** A customer's call to the hotline. */
export type PlacedCall = {
  /** The customer's number as the carrier sends it. */
  readonly from: string
  /** The name beside it; bytes for a name that is not UTF-8. */
  readonly name?: string | Buffer
  /** The number that is dialled; default 19000382. */
  readonly to?: string
  /** The customer hides the number: the carrier sends it with Privacy: id. */
  readonly withheld?: boolean
  /** The customer hangs up this many milliseconds after the PBX answered. */
  readonly hangupAfterMs?: number
}

/** A call that a customer placed. */
export type CustomerCall = {
  readonly from: string
  readonly sip: SipCall
  readonly outcome: Promise<CallEnd>
  hangup(): Promise<void>
}

/**
 * The far end of the trunk: customers who call the hotline and customers who are called back. It
 * has an address of its own (127.0.0.2), because the PBX knows its carrier by address.
 */
export class Carrier {
  readonly agent: SipAgent
  readonly #customers = new Map<string, CallInbox>()

  constructor(agent: SipAgent) {
    this.agent = agent
    agent.onCall = (call) => this.#route(call)
  }

  static async open(server: SipServer, host: string, port: number): Promise<Carrier> {
    return new Carrier(await SipAgent.open(server, host, port))
  }

  /** Calls the hotline as a customer. */
  placeCall(placed: PlacedCall): CustomerCall {
    const { from, headers } = identityOf(placed, this.agent.host)
    const sip = this.agent.call(placed.to ?? '19000382', { from, headers })
    if (placed.hangupAfterMs !== undefined) {
      hangUpLater(sip, placed.hangupAfterMs).catch(() => sip.lost())
    }
    return { from: placed.from, sip, outcome: sip.ended, hangup: () => sip.hangup() }
  }

  /** Says how the phone of a customer behaves when it is called; `*` stands for all others. */
  customer(number: string, behaviour: PhoneBehaviour): CallInbox {
    const inbox = new CallInbox(number, behaviour)
    this.#customers.set(number, inbox)
    return inbox
  }

  close(): void {
    this.agent.close()
  }

  #route(call: SipCall): void {
    const inbox = this.#customers.get(call.dialled) ?? this.#customers.get('*')
    if (inbox === undefined) return call.reject(404)
    inbox.take(call)
  }
}

async function hangUpLater(sip: SipCall, afterMs: number): Promise<void> {
  if (!(await sip.up)) return
  await delay(afterMs)
  await sip.hangup()
}

function identityOf(
  placed: PlacedCall,
  host: string,
): { readonly from: string; readonly headers: [string, string][] } {
  const address = `<sip:${placed.from}@${host}>`
  if (placed.withheld === true) {
    const hidden: [string, string][] = [
      ['P-Asserted-Identity', address],
      ['Privacy', 'id'],
    ]
    return { from: '"Anonymous" <sip:anonymous@anonymous.invalid>', headers: hidden }
  }
  if (placed.name === undefined) return { from: address, headers: [] }
  const bytes = typeof placed.name === 'string' ? Buffer.from(placed.name, 'utf8') : placed.name
  const quoted = bytes.toString('latin1').replaceAll(/["\\]/g, String.raw`\$&`)
  return { from: `"${quoted}" ${address}`, headers: [] }
}
