import { argon2, createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { TooManyRequests } from '../errors.ts'
import { createHashLine, type Place } from './hash-line.ts'

/** argon2id as OWASP asks for at least: 19 MiB, 2 passes, 1 lane. */
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const TAG_BYTES = 32
const SALT_BYTES = 16

/** Hashing takes a core for some 40 ms; more at once would starve calls of theirs. */
const AT_ONCE = 2
/** Some 10 s of waiting: a shift of hundreds that begins at once fits. */
const LONGEST_LINE = 500

const derive = promisify(argon2)
const line = createHashLine({ atOnce: AT_ONCE, longest: LONGEST_LINE })

/** Runs what hashes when it is its turn. Throws TooManyRequests when too many wait. */
export async function atHashTurn<T>(place: Place, task: () => Promise<T>): Promise<T> {
  const done = await line.run(place, task)
  if (done === null) throw new TooManyRequests('too many sign-ins at once', 5)
  return done.result
}

/** The PHC text of a password: algorithm, parameters, salt and hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const cost = { memory: MEMORY_KIB, passes: PASSES, lanes: LANES }
  const hash = await atHashTurn('known', () => deriveKey(password, salt, cost, TAG_BYTES))
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${encode(salt)}$${encode(hash)}`
}

/**
 * Whether the password made this PHC text. Without one (an unknown user) it takes the same time and
 * answers false. Takes no turn of its own: call it within `atHashTurn`.
 */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const parts = parsePhc(phc ?? UNKNOWN_USER)
  if (!parts) return false
  const hash = await deriveKey(password, parts.salt, parts, parts.hash.length)
  return timingSafeEqual(hash, parts.hash) && phc !== null
}

/** A password for people to type once: 16 letters and digits that cannot be mistaken. */
export function newOneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const pick = () => letters[randomInt(letters.length)] ?? 'a'
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, pick).join('')).join('-')
}

/** 256 random bits for a cookie. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a token: from it nobody gets back to the cookie. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

interface Cost {
  memory: number
  passes: number
  lanes: number
}

const UNKNOWN_USER = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${encode(Buffer.alloc(SALT_BYTES))}$${encode(Buffer.alloc(TAG_BYTES))}`

function deriveKey(password: string, salt: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  return derive('argon2id', {
    message: password.normalize('NFC'),
    nonce: salt,
    parallelism: cost.lanes,
    tagLength,
    memory: cost.memory,
    passes: cost.passes,
  })
}

function parsePhc(phc: string): (Cost & { salt: Buffer; hash: Buffer }) | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc)
  if (!match) return null
  const [, memory, passes, lanes, salt = '', hash = ''] = match
  return {
    memory: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
