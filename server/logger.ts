import pino from 'pino'

export type Logger = pino.Logger

/** Keys whose values never reach a log, wherever they stand in what is logged. */
const SECRET_KEYS = ['password', 'secret', 'cookie', 'authorization', 'token', 'password_hash']
/** Keys that hold a phone number: masked, so that a call can be followed without naming anybody. */
const NUMBER_KEYS = [
  'number',
  'phone',
  'callerId',
  'caller_raw',
  'callerRaw',
  'caller_key',
  'raw',
  'display',
]

export interface LoggerOptions {
  level: string
  /** Where lines go; standard output when left out. */
  destination?: pino.DestinationStream
}

/**
 * Structured lines with UTC time. Below `debug` no line holds a whole phone number: numbers are
 * logged under the keys above, or through `maskNumber`.
 */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    base: null,
    redact: { paths: redactedPaths(), censor },
    serializers: { err: pino.stdSerializers.err },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** `0912345678` → `*******678`: enough to compare two lines, too little to call anybody. */
export function maskNumber(number: string): string {
  return number.length <= 4 ? number : '*'.repeat(number.length - 3) + number.slice(-3)
}

function redactedPaths(): string[] {
  return [...SECRET_KEYS, ...NUMBER_KEYS].flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
}

function censor(value: unknown, path: string[]): unknown {
  const key = path.at(-1) ?? ''
  if (SECRET_KEYS.includes(key)) return '[secret]'
  return typeof value === 'string' ? maskNumber(value) : value
}
