import { setTimeout as delay } from 'node:timers/promises'
import { Phone } from '../pbx-lab/phone.ts'
import type { Lab } from '../pbx-lab/lab.ts'
import type { SipCall } from '../pbx-lab/sip/call.ts'
import { addressIn } from '../pbx-lab/sip/message.ts'
import { converse } from './conversation.ts'
import type { CustomerRecord } from './evidence.ts'
import type { Colleague, Office } from './office.ts'
import type { PlannedCall } from './plan.ts'
import { heardIndex } from './voice.ts'

const LONGEST_CALL_MS = 60_000
/** Nobody took the ringing call of a colleague: then the phone is answered after all. */
const PICKUP_MS = 3_000

/** An agent with a phone, who does what each call's plan says. */
export class Desk implements Colleague {
  readonly extension: string
  readonly phone: Phone
  readonly #office: Office
  readonly #calls = new Set<SipCall>()

  private constructor(phone: Phone, office: Office) {
    this.phone = phone
    this.extension = phone.number
    this.#office = office
  }

  /** Registers the phone and waits for calls. */
  static async open(lab: Lab, extension: string, office: Office): Promise<Desk> {
    const phone = await lab.startPhone({ extension, behaviour: 'manual' })
    phone.agent.onMedia = (packet) => {
      const voice = heardIndex(packet)
      if (voice !== null) office.recorder.hear(extension, voice)
    }
    const desk = new Desk(phone, office)
    void desk.#work()
    return desk
  }

  get isIdle(): boolean {
    return this.#calls.size === 0
  }

  /** Another desk whose phone is free. */
  freeColleague(): Colleague | undefined {
    const free = this.#office.desks.filter((desk) => desk !== this && desk.isIdle)
    return free[Math.floor(Math.random() * free.length)]
  }

  /** Signs the phone in again after the PBX was away. */
  register(secret: string): Promise<void> {
    return this.phone.agent.register({ user: this.extension, secret })
  }

  /** Dials from this phone. */
  dial(to: string): SipCall {
    const call = this.phone.call(to)
    this.#follow(call)
    return call
  }

  #follow(call: SipCall): void {
    this.#calls.add(call)
    this.#office.lines.add(call)
    const limit = setTimeout(() => void call.hangup().catch(() => call.lost()), LONGEST_CALL_MS)
    void call.ended.then(() => {
      clearTimeout(limit)
      this.#calls.delete(call)
    })
  }

  async #work(): Promise<never> {
    for (;;) {
      const call = await this.phone.nextCall()
      if (!this.isIdle) {
        call.reject(486)
        continue
      }
      this.#follow(call)
      void this.#take(call).catch(() => call.lost())
    }
  }

  async #take(call: SipCall): Promise<void> {
    const caller = /^sips?:([^@;]*)/.exec(addressIn(call.caller))?.[1] ?? ''
    const plan = this.#office.planOf(caller)
    const record = plan && this.#office.recorder.customers.get(plan.index)
    if (plan === undefined || record === undefined || record.askedAt !== null)
      return answerAfter(call, 400)
    const will = willOf(plan, record, this.extension)
    if (will === 'ring') return
    if (will === 'refuse') return refuse(call, record)
    await delay(plan.ringMs)
    if (plan.intent === 'pickup') await this.#letColleagueTake(call)
    call.answer()
    if (await call.up) await converse({ call, plan, desk: this, office: this.#office })
  }

  async #letColleagueTake(call: SipCall): Promise<void> {
    const colleague = this.freeColleague()
    if (colleague === undefined) return
    const pickup = colleague.dial('*8')
    void pickup.up
      .then(async (isUp) => {
        if (!isUp) return
        this.#office.recorder.pickups.push({ extension: colleague.extension, upAt: Date.now() })
        await delay(4_000)
        await pickup.hangup()
      })
      .catch(() => pickup.lost())
    await Promise.race([call.ended, delay(PICKUP_MS)])
  }
}

/** What this phone does with a ringing call, by its plan and by what happened to it so far. */
function willOf(
  plan: PlannedCall,
  record: CustomerRecord,
  extension: string,
): 'answer' | 'ring' | 'refuse' {
  const { intent, unansweredMs } = plan
  if (intent === 'abandon' || intent === 'timeout' || intent === 'virtual hold') return 'ring'
  if (intent === 'sent') return record.sentTo === extension ? 'answer' : 'ring'
  if (intent !== 'sent back') return Date.now() - record.placedAt < unansweredMs ? 'ring' : 'answer'
  if (record.sentTo === extension) return 'refuse'
  return record.isSentBack ? 'answer' : 'ring'
}

function refuse(call: SipCall, record: CustomerRecord): void {
  call.reject(486)
  record.isSentBack = true
}

async function answerAfter(call: SipCall, ms: number): Promise<void> {
  await delay(ms)
  call.answer()
}
