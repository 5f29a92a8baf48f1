import type { ImportPreview } from '#contract/customer-import.ts'

export type Delimiter = ImportPreview['delimiter']

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t']
const NEWLINE = 0x0a

/** The sign that divides the header line: the one that stands in it most often, outside quotes. */
export function delimiterOf(headerLine: string): Delimiter {
  const bare = headerLine.replaceAll(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((sign) => bare.split(sign).length - 1)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Where bytes stop being UTF-8: the line, and which byte of the file, both from 1 on. */
export interface BadByte {
  line: number
  byte: number
  value: number
}

/** The first byte that is no UTF-8; null when there is none. */
export function badByteIn(bytes: Uint8Array): BadByte | null {
  let line = 1
  for (let at = 0; at < bytes.length;) {
    const value = bytes[at] ?? 0
    if (value === NEWLINE) line += 1
    const length = characterLength(bytes, at)
    if (length === 0) return { line, byte: at + 1, value }
    at += length
  }
  return null
}

/** How many bytes the character at `at` has; 0 when it is none (RFC 3629). */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (first < 0xc2 || first > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const [low, high] = secondByteRange(first)
  if (second < low || second > high) return 0
  for (let next = at + 2; next < at + length; next += 1) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}

/** Neither overlong forms, nor surrogates, nor what lies beyond Unicode. */
function secondByteRange(first: number): [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf]
  if (first === 0xed) return [0x80, 0x9f]
  if (first === 0xf0) return [0x90, 0xbf]
  if (first === 0xf4) return [0x80, 0x8f]
  return [0x80, 0xbf]
}
