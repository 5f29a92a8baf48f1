import type { CustomerRecord, Hearing, Hold, Pickup, RingRecord, StaffRecord } from './evidence.ts'
import type { PlannedCall } from './plan.ts'

/** A longer silence is a hold or another conversation. */
const PAUSE_MS = 1_000
/** The voices of customers who are called back have numbers from here on. */
const RINGS_FROM = 1_000_000

/** The book that the phones write. Nothing in it comes from the PBX or the service. */
export class Recorder {
  readonly customers = new Map<number, CustomerRecord>()
  readonly rings: RingRecord[] = []
  readonly staff: StaffRecord[] = []
  readonly promised: string[] = []
  readonly pickups: Pickup[] = []

  /** A customer begins to call. */
  place(call: PlannedCall, dialled: string): CustomerRecord {
    const { index, number, intent } = call
    const record: CustomerRecord = {
      index,
      number,
      intent,
      dialled,
      placedAt: Date.now(),
      upAt: null,
      endedAt: null,
      endedBy: 'pbx',
      holds: [],
      askedAt: null,
      sentTo: null,
      isSentBack: false,
      heard: [],
    }
    this.customers.set(index, record)
    return record
  }

  /** The hotline rings a customer; gives the record and the customer's voice. */
  ring(number: string): { readonly record: RingRecord; readonly voice: number } {
    const record: RingRecord = {
      number,
      rangAt: Date.now(),
      answeredAt: null,
      endedAt: null,
      heard: [],
    }
    return { record, voice: RINGS_FROM + this.rings.push(record) - 1 }
  }

  /** A phone puts a customer on hold; what it gives back is called when that is over. */
  hold(index: number, extension: string): () => void {
    const hold: Hold = { extension, from: Date.now(), to: null }
    this.customers.get(index)?.holds.push(hold)
    return () => (hold.to ??= Date.now())
  }

  /** A phone of an agent hears a voice. */
  hear(extension: string, voice: number): void {
    const heard = this.customers.get(voice)?.heard ?? this.rings[voice - RINGS_FROM]?.heard
    if (heard !== undefined) hearAt(heard, extension, Date.now())
  }
}

function hearAt(heard: Hearing[], extension: string, at: number): void {
  const last = heard.findLast((one) => one.extension === extension)
  if (last !== undefined && at - last.to < PAUSE_MS) last.to = at
  else heard.push({ extension, from: at, to: at })
}
