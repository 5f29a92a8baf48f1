import type { SipAgent } from '../pbx-lab/sip/agent.ts'
import type { SipCall } from '../pbx-lab/sip/call.ts'

const EVERY_MS = 50
const HEADER_BYTES = 12
const SPOKEN_BYTES = 160
const SAMPLES_PER_MS = 8
/** RTP version 2, payload type 8: A-law, which the PBX passes on byte by byte. */
const [VERSION, ALAW] = [0x80, 8]
/** Begins each word: no music and no prompt of the PBX looks like this. */
const MARK = 0x4b49

/**
 * What a customer says: RTP whose sound is the customer's index, over and over. Whoever hears it
 * talks with this customer, whatever the PBX calls the channels.
 */
export function spokenIndex(index: number, sequence: number): Buffer {
  const packet = Buffer.alloc(HEADER_BYTES + SPOKEN_BYTES)
  packet.writeUInt8(VERSION, 0)
  packet.writeUInt8(ALAW, 1)
  packet.writeUInt16BE(sequence & 0xffff, 2)
  packet.writeUInt32BE((sequence * EVERY_MS * SAMPLES_PER_MS) >>> 0, 4)
  packet.writeUInt32BE(index, 8)
  for (let at = HEADER_BYTES; at < packet.length; at += 8) {
    packet.writeUInt16BE(MARK, at)
    packet.writeUInt32BE(index, at + 2)
    packet.writeUInt16BE(MARK, at + 6)
  }
  return packet
}

/** Which customer is heard in a packet; null for music, prompts and silence. */
export function heardIndex(packet: Buffer): number | null {
  if (packet.length < HEADER_BYTES + 16 || packet.readUInt16BE(HEADER_BYTES) !== MARK) return null
  const index = packet.readUInt32BE(HEADER_BYTES + 2)
  return packet.readUInt32BE(HEADER_BYTES + 10) === index ? index : null
}

/** Speaks on a call until it ends. */
export async function speak(agent: SipAgent, call: SipCall, index: number): Promise<void> {
  if (!(await call.up)) return
  let sequence = 0
  const timer = setInterval(() => {
    sequence += 1
    if (call.audioPort !== null) agent.sendMedia(spokenIndex(index, sequence), call.audioPort)
  }, EVERY_MS)
  await call.ended
  clearInterval(timer)
}
