import { setTimeout as delay } from 'node:timers/promises'
import { SipAgent } from './sip/agent.ts'
import type { SipServer } from './sip/line.ts'
import type { SipCall } from './sip/call.ts'

/**
 * What a phone does with a call: `answer` it, say `busy` (486), `reject` it (603), `ignore` it
 * (ring until the caller gives up), or leave all to the scenario (`manual`, it rings).
 */
export type Behaviour = 'answer' | 'busy' | 'reject' | 'ignore' | 'manual'

/** How a phone behaves; times in milliseconds. */
export type PhoneBehaviour = {
  readonly behaviour: Behaviour
  /** Rings this long before it answers; default 0. */
  readonly answerAfterMs?: number
  /** Hangs up this long after it answered; default: never. */
  readonly hangupAfterMs?: number
}

/** The calls that one phone or one customer's number gets, in order. */
export class CallInbox {
  behaviour: PhoneBehaviour
  readonly calls: SipCall[] = []
  #taken = 0
  #waiting: ((call: SipCall) => void)[] = []

  constructor(behaviour: PhoneBehaviour) {
    this.behaviour = behaviour
  }

  /** The next call that was not yet handed out; waits for it. */
  waitForCall(): Promise<SipCall> {
    const next = this.calls[this.#taken]
    this.#taken += 1
    if (next !== undefined) return Promise.resolve(next)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Takes a call and does what the behaviour says. */
  take(call: SipCall): void {
    this.calls.push(call)
    this.#waiting.shift()?.(call)
    act(call, this.behaviour).catch(() => call.lost())
  }
}

/** An agent's desk phone, registered at the PBX. */
export class Phone extends CallInbox {
  readonly extension: string
  readonly agent: SipAgent

  private constructor(extension: string, agent: SipAgent, behaviour: PhoneBehaviour) {
    super(behaviour)
    this.extension = extension
    this.agent = agent
    agent.onCall = (call) => this.take(call)
  }

  static async start(
    server: SipServer,
    account: { readonly extension: string; readonly secret: string },
    behaviour: PhoneBehaviour,
  ): Promise<Phone> {
    const agent = await SipAgent.open(server)
    const phone = new Phone(account.extension, agent, behaviour)
    await agent.register({ user: account.extension, secret: account.secret })
    return phone
  }

  /** Dials a number from this phone (a colleague, *8, a queue, a customer). */
  call(to: string): SipCall {
    return this.agent.call(to)
  }

  stop(): void {
    this.agent.close()
  }
}

async function act(call: SipCall, how: PhoneBehaviour): Promise<void> {
  switch (how.behaviour) {
    case 'busy':
      return call.reject(486)
    case 'reject':
      return call.reject(603)
    case 'ignore':
    case 'manual':
      return call.ring()
    case 'answer':
      call.ring()
      if (how.answerAfterMs !== undefined) await delay(how.answerAfterMs)
      call.answer()
      if (how.hangupAfterMs === undefined) return
      await delay(how.hangupAfterMs)
      return call.hangup()
  }
}
