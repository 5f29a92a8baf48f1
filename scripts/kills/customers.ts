import { setTimeout as delay } from 'node:timers/promises'
import type { Carrier } from '../pbx-lab/carrier.ts'
import type { Lab } from '../pbx-lab/lab.ts'
import type { SipCall } from '../pbx-lab/sip/call.ts'
import type { CustomerRecord } from './evidence.ts'
import { HOTLINE } from './expected.ts'
import type { Lines } from './lines.ts'
import type { PlannedCall } from './plan.ts'
import type { Recorder } from './recorder.ts'
import { speak } from './voice.ts'

const LONGEST_CALL_MS = 90_000
/** A customer who is called back answers, and talks for so long. */
const [CALLED_RINGS_MS, CALLED_TALKS_MS] = [700, 4_000]
/** Who pressed 1 listens for so long. */
const ASKED_STAYS_MS = 1_000

/** The customers' telephones. */
export class Customers {
  readonly #carrier: Carrier
  readonly #recorder: Recorder
  readonly #lines: Lines
  readonly #calls = new Map<number, SipCall>()

  private constructor(carrier: Carrier, recorder: Recorder, lines: Lines) {
    this.#carrier = carrier
    this.#recorder = recorder
    this.#lines = lines
  }

  static async open(lab: Lab, recorder: Recorder, lines: Lines): Promise<Customers> {
    const customers = new Customers(await lab.carrier(), recorder, lines)
    void customers.#answerAll()
    return customers
  }

  /** Calls the hotline, or an agent's direct number, and stays until the plan or the PBX ends it. */
  async call(plan: PlannedCall, extension: string | null): Promise<void> {
    const to = extension === null ? HOTLINE : `024730001${extension.slice(1)}`
    const record = this.#recorder.place(plan, to)
    const { sip } = this.#carrier.placeCall({ from: plan.number, to })
    this.#calls.set(plan.index, sip)
    this.#lines.add(sip)
    void speak(this.#carrier.agent, sip, plan.index)
    const limit = setTimeout(() => void this.hangUp(plan.index), LONGEST_CALL_MS)
    void this.#giveUp(plan, sip)
    void this.#askToBeCalled(plan, sip, record)
    if (await sip.up) record.upAt = Date.now()
    await this.#writeEnd(sip, record)
    clearTimeout(limit)
  }

  /** This customer hangs up. */
  async hangUp(index: number): Promise<void> {
    const call = this.#calls.get(index)
    await call?.hangup().catch(() => call.lost())
  }

  async #giveUp(plan: PlannedCall, sip: SipCall): Promise<void> {
    if (plan.intent !== 'abandon' && plan.intent !== 'left in notice') return
    if (!(await sip.up)) return
    await delay(plan.patienceMs)
    await this.hangUp(plan.index)
  }

  /** Presses 1, hears the number for a moment and hangs up: the place stays. */
  async #askToBeCalled(plan: PlannedCall, sip: SipCall, record: CustomerRecord): Promise<void> {
    if (plan.intent !== 'virtual hold' || !(await sip.up)) return
    await delay(plan.patienceMs)
    record.askedAt = Date.now()
    await sip.press('1').catch(() => sip.lost())
    await delay(ASKED_STAYS_MS)
    await this.hangUp(plan.index)
  }

  async #writeEnd(sip: SipCall, record: CustomerRecord): Promise<void> {
    const { by, status } = await sip.ended
    // the PBX was killed: whoever cut the lines wrote when
    if (status === 408) record.endedBy = 'kill'
    else record.endedBy = by === 'us' ? 'customer' : 'pbx'
    record.endedAt = Date.now()
    this.#calls.delete(record.index)
  }

  async #answerAll(): Promise<never> {
    const inbox = this.#carrier.customer('*', { behaviour: 'manual' })
    for (;;) {
      const call = await inbox.nextCall()
      void this.#answer(call).catch(() => call.lost())
    }
  }

  async #answer(call: SipCall): Promise<void> {
    const { record, voice } = this.#recorder.ring(call.dialled)
    this.#lines.add(call)
    void call.ended.then(() => (record.endedAt = Date.now()))
    await delay(CALLED_RINGS_MS)
    call.answer()
    if (!(await call.up)) return
    record.answeredAt = Date.now()
    void speak(this.#carrier.agent, call, voice)
    await delay(CALLED_TALKS_MS)
    await call.hangup()
  }
}
