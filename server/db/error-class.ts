import { ZodError } from 'zod'
import { Conflict } from '../errors.ts'

/**
 * What to do about a commit that failed. `poison`: the same rows fail every time, so set them aside
 * with the reason. `weather`: the database cannot be used just now, so wait and try again, drop
 * nothing. `unknown`: nobody has seen this kind; try three times, then take it for poison.
 */
export type ErrorClass = 'poison' | 'weather' | 'unknown'

/** Primary result codes of SQLite; extended ones begin with them (`SQLITE_BUSY_RECOVERY`). */
const SQLITE_WEATHER =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL|CORRUPT|NOTADB|INTERRUPT|PERM|NOLFS)(_|$)/
const SQLITE_POISON = /^SQLITE_(CONSTRAINT|ERROR|MISMATCH|MISUSE|RANGE|TOOBIG)(_|$)/

/** SQLSTATE, whole classes and single states: PostgreSQL's manual, appendix A. */
const POSTGRES_WEATHER =
  /^(08|28|40|53|57|58)...$|^(25006|25P03|25P04|3D000|55006|55P03|XX001|XX002)$/
const POSTGRES_POISON = /^(0A|21|22|23|42|44|P0)...$/

/** Of the operating system: the network and the disk; `connect` fails with others besides. */
const SYSTEM_WEATHER = new Set(
  (
    'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EAI_FAIL EHOSTUNREACH ' +
    'EHOSTDOWN ENETUNREACH ENETDOWN ENETRESET EADDRNOTAVAIL EMFILE ENFILE ENOSPC EDQUOT EIO EROFS ' +
    'ENOMEM ENOBUFS ERR_SOCKET_CLOSED ERR_STREAM_DESTROYED ERR_STREAM_WRITE_AFTER_END'
  ).split(' '),
)

/** What pg, its pool, Kysely and better-sqlite3 say without a code when the connection is gone. */
const WEATHER_WORDS = [
  'PostgreSQL is away: the lock on the database is being taken again',
  'Connection terminated',
  'Connection ended',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end',
  'driver has already been destroyed',
  'Postgres connection has been discarded',
  'The server does not support SSL',
  'There was an error establishing an SSL connection',
  'The database connection is not open',
]

/** Wrapped errors are looked into no deeper than this. */
const DEEPEST = 5

/**
 * The one place that decides it, for both databases. Looks into `cause` and AggregateError; weather
 * anywhere outweighs the rest, because what else is wrong shows when the weather is over.
 */
export function errorClass(error: unknown): ErrorClass {
  const classes = unfold(error, DEEPEST).map(classOfOne)
  if (classes.includes('weather')) return 'weather'
  return classes.includes('poison') ? 'poison' : 'unknown'
}

function unfold(error: unknown, depth: number): Error[] {
  if (!(error instanceof Error) || depth === 0) return []
  const inside: unknown[] = error instanceof AggregateError ? error.errors : []
  return [error, ...[error.cause, ...inside].flatMap((one) => unfold(one, depth - 1))]
}

function classOfOne(error: Error): ErrorClass {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code !== null && code !== '') return classOfCode(code, error)
  if (WEATHER_WORDS.some((words) => error.message.startsWith(words))) return 'weather'
  return isCodeFault(error) ? 'poison' : 'unknown'
}

function classOfCode(code: string, error: Error): ErrorClass {
  if (SYSTEM_WEATHER.has(code)) return 'weather'
  if ('syscall' in error && error.syscall === 'connect') return 'weather'
  if (SQLITE_WEATHER.test(code) || POSTGRES_WEATHER.test(code)) return 'weather'
  if (SQLITE_POISON.test(code) || POSTGRES_POISON.test(code)) return 'poison'
  return isCodeFault(error) ? 'poison' : 'unknown'
}

/** What fails in the same way however often it is tried: a fault of ours, a rule that was broken. */
function isCodeFault(error: Error): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    error instanceof SyntaxError ||
    error instanceof ZodError ||
    error instanceof Conflict
  )
}
