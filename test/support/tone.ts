import { eventually } from './eventually.ts'
import type { SipAgent } from '../../scripts/pbx-lab/sip/agent.ts'
import type { SipCall } from '../../scripts/pbx-lab/sip/call.ts'

const HEADER_BYTES = 12
/** 20 ms at 8 kHz. Tones of whole cycles in so many samples tell each other apart whatever is lost. */
const SAMPLES = 160
const EVERY_MS = 20
const RATE = 8000
const [VERSION, PCMA] = [0x80, 8]
const AMPLITUDE = 8000

/** Hertz; multiples of 50, so that every packet holds whole cycles. */
export const TONES = { customer: 550, agent: 1050, supervisor: 1950 } as const
export type Tone = keyof typeof TONES

/** One phone that sends a tone of its own on a call, and measures what it hears. */
export interface TonePhone {
  /**
   * The strength of each tone (0 to 32767) over the next `packets` packets that hold any sound, from the moment
   * that `settled` says that those wanted are there.
   */
  hear(wanted: readonly Tone[]): Promise<Record<Tone, number>>
  stop(): void
}

/** Loud enough to be a tone on purpose. */
const HEARD = 1000
const PACKETS = 25

export function playTone(agent: SipAgent, call: SipCall, tone: Tone): TonePhone {
  const payload = encode(TONES[tone])
  let sent = 0
  const startedAt = performance.now()
  const timer = setInterval(() => {
    if (call.audioPort === null) return
    // by the clock: a busy machine must not leave gaps in what is sent
    const due = Math.floor((performance.now() - startedAt) / EVERY_MS)
    for (; sent < due; sent += 1) agent.sendMedia(packet(payload, sent), call.audioPort)
  }, EVERY_MS)
  let heard: Record<Tone, number>[] = []
  const before = agent.onMedia
  agent.onMedia = (bytes) => {
    before(bytes)
    if (bytes.length !== HEADER_BYTES + SAMPLES || (bytes.readUInt8(1) & 0x7f) !== PCMA) return
    heard.push(strengths(bytes.subarray(HEADER_BYTES)))
    if (heard.length > 10 * PACKETS) heard.shift()
  }
  return {
    async hear(wanted) {
      heard = []
      await eventually(() => {
        const recent = heard.slice(-PACKETS)
        const isThere = recent.every((one) => wanted.every((name) => one[name] > HEARD))
        if (recent.length < PACKETS || !isThere) throw new Error(`not yet: ${said(recent)}`)
      })
      return average(heard.slice(-PACKETS))
    },
    stop: () => clearInterval(timer),
  }
}

function packet(payload: Buffer, sequence: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + SAMPLES)
  bytes.writeUInt8(VERSION, 0)
  bytes.writeUInt8(PCMA, 1)
  bytes.writeUInt16BE(sequence & 0xffff, 2)
  bytes.writeUInt32BE((sequence * SAMPLES) >>> 0, 4)
  bytes.writeUInt32BE(0x7011e, 8)
  payload.copy(bytes, HEADER_BYTES)
  return bytes
}

function encode(hertz: number): Buffer {
  const step = (2 * Math.PI * hertz) / RATE
  return Buffer.from(
    Array.from({ length: SAMPLES }, (_, at) => toAlaw(AMPLITUDE * Math.sin(step * at))),
  )
}

function strengths(payload: Buffer): Record<Tone, number> {
  const samples = [...payload].map(fromAlaw)
  return mapTones((tone) => goertzel(samples, TONES[tone]))
}

/** The amplitude of one frequency in a piece of sound. */
export function goertzel(samples: readonly number[], hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / RATE)
  let [last, before] = [0, 0]
  for (const sample of samples) [last, before] = [sample + turn * last - before, last]
  const power = last * last + before * before - turn * last * before
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length
}

function average(packets: readonly Record<Tone, number>[]): Record<Tone, number> {
  return mapTones((tone) => packets.reduce((sum, one) => sum + one[tone], 0) / packets.length)
}

function said(packets: readonly Record<Tone, number>[]): string {
  return packets.length === 0 ? 'nothing heard' : JSON.stringify(average(packets))
}

function mapTones(make: (tone: Tone) => number): Record<Tone, number> {
  return { customer: make('customer'), agent: make('agent'), supervisor: make('supervisor') }
}

/** G.711 A-law. */
export function toAlaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const size = Math.min(32_635, Math.abs(Math.trunc(sample)))
  let exponent = 7
  while (exponent > 0 && (size & (0x4000 >> (7 - exponent))) === 0) exponent -= 1
  const mantissa = exponent === 0 ? size >> 4 : size >> (exponent + 3)
  return (sign | (exponent << 4) | (mantissa & 0x0f)) ^ 0x55
}

export function fromAlaw(byte: number): number {
  const value = byte ^ 0x55
  const exponent = (value & 0x70) >> 4
  const mantissa = value & 0x0f
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return (value & 0x80) === 0 ? -size : size
}
