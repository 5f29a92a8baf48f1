import { TONES } from '../../scripts/pbx-lab/sip/call.ts'

const KEYS = '0123456789*#'
const HEADER_BYTES = 12

/** What a phone hears of keys in the RTP that comes (RFC 4733): each once, however often its packets are sent. */
export function keysHeard(): { take: (packet: Buffer) => void; text: () => string } {
  const heard = new Map<number, string>()
  return {
    take(packet) {
      if (packet.length < HEADER_BYTES + 4 || (packet.readUInt8(1) & 0x7f) !== TONES) return
      heard.set(packet.readUInt32BE(4), KEYS[packet.readUInt8(HEADER_BYTES)] ?? '?')
    },
    text: () => [...heard.values()].join(''),
  }
}
