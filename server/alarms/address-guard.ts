/** Why an address is none that a message may go to; `private` ones an administrator may allow. */
type AddressRefusal = 'private' | 'never'

type Range = readonly [from: string, bits: number]

/** Within a house, or of this machine and its cloud. */
const PRIVATE_V4: readonly Range[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
]
/** Nobody's: unspecified, for documents and tests, groups, reserved. */
const NEVER_V4: readonly Range[] = [
  ['0.0.0.0', 8],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
const PRIVATE_V6: readonly Range[] = [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
]
/** All but `2000::/3`, and in it what is for documents. */
const NEVER_V6: readonly Range[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
]
const GLOBAL_V6: Range = ['2000::', 3]
/** Addresses that hold one of IPv4, and where it begins in them. */
const HOLDING_V4: readonly { range: Range; at: number }[] = [
  { range: ['::ffff:0:0', 96], at: 96 },
  { range: ['64:ff9b::', 96], at: 96 },
  { range: ['2002::', 16], at: 16 },
]

/** Null for an address of the open Internet. Of an address that holds another one, that one counts. */
export function refusalOfAddress(address: string): AddressRefusal | null {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  return plain.includes(':') ? ofV6(bitsOfV6(plain)) : ofV4(bitsOfV4(plain))
}

function ofV4(bits: string | null): AddressRefusal | null {
  if (bits === null || NEVER_V4.some((range) => isWithin(bits, range, bitsOfV4))) return 'never'
  return PRIVATE_V4.some((range) => isWithin(bits, range, bitsOfV4)) ? 'private' : null
}

function ofV6(bits: string | null): AddressRefusal | null {
  if (bits === null) return 'never'
  const holding = HOLDING_V4.find(({ range }) => isWithin(bits, range, bitsOfV6))
  if (holding !== undefined) return ofV4(bits.slice(holding.at, holding.at + 32))
  if (PRIVATE_V6.some((range) => isWithin(bits, range, bitsOfV6))) return 'private'
  const isGlobal = isWithin(bits, GLOBAL_V6, bitsOfV6)
  return isGlobal && !NEVER_V6.some((range) => isWithin(bits, range, bitsOfV6)) ? null : 'never'
}

function isWithin(
  bits: string,
  [from, count]: Range,
  read: (text: string) => string | null,
): boolean {
  return read(from)?.slice(0, count) === bits.slice(0, count)
}

function bitsOfV4(text: string): string | null {
  const parts = text.split('.')
  const areNumbers = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part))
  if (!areNumbers || parts.some((part) => Number(part) > 255)) return null
  return parts.map((part) => binary(Number(part), 8)).join('')
}

function bitsOfV6(text: string): string | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (dotted !== null) {
    const tail = bitsOfV4(dotted[2] ?? '')
    if (tail === null) return null
    const words = [tail.slice(0, 16), tail.slice(16)].map((word) => parseInt(word, 2).toString(16))
    return bitsOfV6(`${dotted[1]}${words.join(':')}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - (head?.length ?? 0) - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const zeros = tail === undefined ? [] : Array.from({ length: missing }, () => '0')
  const words = [...(head ?? []), ...zeros, ...(tail ?? [])]
  if (!words.every((word) => /^[\da-f]{1,4}$/.test(word))) return null
  return words.map((word) => binary(parseInt(word, 16), 16)).join('')
}

function binary(value: number, length: number): string {
  return value.toString(2).padStart(length, '0')
}

type UrlFault = 'webhook_no_url' | 'webhook_scheme' | 'webhook_password'

/** What is wrong with where a webhook shall be, without asking anybody; null: nothing. */
export function faultOfUrl(text: string): UrlFault | null {
  if (!URL.canParse(text)) return 'webhook_no_url'
  const { protocol, username, password } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return 'webhook_scheme'
  return username !== '' || password !== '' ? 'webhook_password' : null
}

/** The address itself, when the host of a URL is one; else null. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return bare.includes(':') || bitsOfV4(bare) !== null ? bare : null
}
