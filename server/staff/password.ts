import { argon2, createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { TooManyRequests } from '../errors.ts'
import { createHashLine, type HashLine, type Place } from './hash-line.ts'

export interface HashCost {
  memoryKib: number
  passes: number
  lanes: number
}

/** argon2id as OWASP asks for at least: 19 MiB, 2 passes, 1 lane. */
const OWASP_COST: HashCost = { memoryKib: 19_456, passes: 2, lanes: 1 }
const TAG_BYTES = 32
const SALT_BYTES = 16

/** Hashing takes a core for some 40 ms; more at once would starve calls of theirs. */
const AT_ONCE = 2
/** Some 10 s of waiting: a shift of hundreds that begins at once fits. */
const LONGEST_LINE = 500

const derive = promisify(argon2)

/** Makes the hashes of passwords and compares with them, a few at a time. */
export interface PasswordHashing {
  /** Runs what hashes when it is its turn. Throws TooManyRequests when too many wait. */
  atTurn<T>(place: Place, task: () => Promise<T>): Promise<T>
  /** The PHC text of a password: algorithm, parameters, salt and hash. Waits for its turn. */
  hash(password: string): Promise<string>
  /**
   * Whether the password made this PHC text. Without one (an unknown user) it takes the same time
   * and answers false. Takes no turn of its own: call it within `atTurn`.
   */
  verify(password: string, phc: string | null): Promise<boolean>
}

/** One per process, as its line is what spares the machine. Only tests ask for a lower cost. */
export function createPasswordHashing(cost = OWASP_COST): PasswordHashing {
  const line = createHashLine({ atOnce: AT_ONCE, longest: LONGEST_LINE })
  const unknown = phcOf(cost, Buffer.alloc(SALT_BYTES), Buffer.alloc(TAG_BYTES))
  const atTurn: PasswordHashing['atTurn'] = (place, task) => inLine(line, place, task)
  return {
    atTurn,
    async hash(password) {
      const salt = randomBytes(SALT_BYTES)
      const hash = await atTurn('known', () => deriveKey(password, salt, cost, TAG_BYTES))
      return phcOf(cost, salt, hash)
    },
    async verify(password, phc) {
      const parts = parsePhc(phc ?? unknown)
      if (!parts) return false
      const hash = await deriveKey(password, parts.salt, parts.cost, parts.hash.length)
      return timingSafeEqual(hash, parts.hash) && phc !== null
    },
  }
}

async function inLine<T>(line: HashLine, place: Place, task: () => Promise<T>): Promise<T> {
  const done = await line.run(place, task)
  if (done === null) throw new TooManyRequests('too many sign-ins at once', 5)
  return done.result
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

function phcOf({ memoryKib, passes, lanes }: HashCost, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${encode(salt)}$${encode(hash)}`
}

function deriveKey(
  password: string,
  salt: Buffer,
  { memoryKib, passes, lanes }: HashCost,
  tagLength: number,
): Promise<Buffer> {
  return derive('argon2id', {
    message: password.normalize('NFC'),
    nonce: salt,
    parallelism: lanes,
    tagLength,
    memory: memoryKib,
    passes,
  })
}

function parsePhc(phc: string): { cost: HashCost; salt: Buffer; hash: Buffer } | null {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc)
  if (!match) return null
  const [, memory, passes, lanes, salt = '', hash = ''] = match
  return {
    cost: { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
