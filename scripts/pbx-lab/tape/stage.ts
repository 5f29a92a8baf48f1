import { matches, textOf, type AmiFrame } from '../ami-frames.ts'
import type { AmiReader } from '../ami-reader.ts'
import type { CustomerCall, PlacedCall } from '../carrier.ts'
import type { Lab } from '../lab.ts'
import type { CallInbox, Phone, PhoneBehaviour } from '../phone.ts'

/** A callback as the service orders it. */
export type CallbackOrder = {
  readonly channelId: string
  readonly extension: string
  readonly number: string
  readonly ringMs?: number
  /** When the order is void, in seconds from now: a minute unless given; null: it does not say. */
  readonly expiresInSeconds?: number | null
  /** Whoever answers must confirm before the customer is dialled. */
  readonly mustConfirm?: boolean
}

/**
 * What a scenario acts on: a lab, and the PBX's events read forward. `until` continues after the
 * event it found last, so that a scenario reads like the call.
 */
export class Stage {
  readonly lab: Lab
  #position: number

  constructor(lab: Lab) {
    this.lab = lab
    this.#position = lab.ami.mark()
  }

  /** Waits for the next event with these headers. */
  async until(wanted: Readonly<Record<string, string>>): Promise<AmiFrame> {
    const event = await this.lab.ami.waitFor((one) => matches(one, wanted), this.#position)
    this.#position += this.lab.ami.since(this.#position).indexOf(event) + 1
    return event
  }

  /** Waits until two channels talk to each other. */
  untilBridged(): Promise<AmiFrame> {
    return this.until({ Event: 'BridgeEnter', BridgeNumChannels: '2' })
  }

  /** Starts reading anew (after a restart of the PBX). */
  rewind(): void {
    this.#position = 0
  }

  /** A phone that rings until the scenario decides, as a member of a queue. */
  async member(extension: string, queue = 'hotline'): Promise<Phone> {
    const phone = await this.phone(extension)
    await this.lab.addMember(extension, queue)
    return phone
  }

  /** A phone that rings until the scenario decides, in no queue. */
  phone(extension: string, behaviour: PhoneBehaviour = { behaviour: 'manual' }): Promise<Phone> {
    return this.lab.startPhone({ extension, ...behaviour })
  }

  call(placed: PlacedCall): Promise<CustomerCall> {
    return this.lab.placeCall(placed)
  }

  customer(number: string, behaviour: PhoneBehaviour): Promise<CallInbox> {
    return this.lab.customerPhone({ number, ...behaviour })
  }

  /** Orders a callback with the service's own AMI user. */
  async callback(order: CallbackOrder): Promise<void> {
    const dialler = await this.lab.openAmi('hotline-dialler')
    await originateCallback(dialler, order)
    dialler.close()
  }
}

/** The Originate of a callback: the agent's phone first, the customer by `callback-out`. */
export async function originateCallback(ami: AmiReader, order: CallbackOrder): Promise<void> {
  const { expiresInSeconds: life = 60 } = order
  const expires = life === null ? [] : [`CALLBACK_EXPIRES=${Math.floor(Date.now() / 1000 + life)}`]
  const variables = [...expires, ...(order.mustConfirm === true ? ['CALLBACK_CONFIRM=1'] : [])]
  const reply = await ami.send({
    Action: 'Originate',
    ...(variables.length === 0 ? {} : { Variable: variables.join(',') }),
    Channel: `PJSIP/${order.extension}`,
    Context: 'callback-out',
    Exten: order.number,
    Priority: '1',
    Timeout: String(order.ringMs ?? 20_000),
    CallerID: order.number,
    ChannelId: order.channelId,
    Async: 'true',
  })
  if (reply['Response'] !== 'Success') throw new Error(textOf(reply, 'Message'))
}
