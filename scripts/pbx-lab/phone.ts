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

/** Longer than a queue waits between two tries, shorter than any test may take. */
export const LONGEST_WAIT_MS = 45_000

/** The calls that one phone or one customer's number gets, in order. */
export class CallInbox {
  /** The number that is rung, for what is said of it. */
  readonly number: string
  behaviour: PhoneBehaviour
  readonly calls: SipCall[] = []
  #taken = 0
  #waiting: ((call: SipCall) => void)[] = []

  constructor(number: string, behaviour: PhoneBehaviour) {
    this.number = number
    this.behaviour = behaviour
  }

  /** The next call that was not yet handed out, however long it takes to come. */
  nextCall(): Promise<SipCall> {
    return new Promise((resolve) => this.#hand(resolve))
  }

  /**
   * The next call that was not yet handed out. Rejects when none comes in `LONGEST_WAIT_MS`; the call
   * that comes after that is for who asks next.
   */
  waitForCall(): Promise<SipCall> {
    const late = new Error(`nothing rang at ${this.number} within ${LONGEST_WAIT_MS / 1000} s`)
    return new Promise((resolve, reject) => {
      const take = (call: SipCall) => {
        clearTimeout(limit)
        resolve(call)
      }
      const limit = setTimeout(() => {
        this.#waiting = this.#waiting.filter((other) => other !== take)
        reject(late)
      }, LONGEST_WAIT_MS)
      this.#hand(take)
    })
  }

  /** Takes a call and does what the behaviour says. */
  take(call: SipCall): void {
    this.calls.push(call)
    const waiting = this.#waiting.shift()
    if (waiting !== undefined) this.#hand(waiting)
    act(call, this.behaviour).catch(() => call.lost())
  }

  #hand(take: (call: SipCall) => void): void {
    const next = this.calls[this.#taken]
    if (next === undefined) {
      this.#waiting.push(take)
      return
    }
    this.#taken += 1
    take(next)
  }
}

/** An agent's desk phone, registered at the PBX. */
export class Phone extends CallInbox {
  readonly agent: SipAgent

  private constructor(extension: string, agent: SipAgent, behaviour: PhoneBehaviour) {
    super(extension, behaviour)
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
