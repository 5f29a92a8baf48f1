import { expect, test } from 'vitest'
import { z } from 'zod'
import { Conflict } from '../errors.ts'
import { errorClass } from './error-class.ts'

function coded(code: string, facts: object = {}): Error {
  return Object.assign(new Error('x'), { code, ...facts })
}

const CODES = {
  weather: `
    SQLITE_BUSY SQLITE_BUSY_RECOVERY SQLITE_BUSY_SNAPSHOT SQLITE_LOCKED SQLITE_FULL SQLITE_IOERR
    SQLITE_IOERR_WRITE SQLITE_IOERR_FSYNC SQLITE_CANTOPEN SQLITE_READONLY SQLITE_READONLY_DBMOVED
    SQLITE_NOMEM SQLITE_PROTOCOL SQLITE_CORRUPT SQLITE_CORRUPT_INDEX SQLITE_NOTADB
    08000 08003 08006 08P01 25006 25P03 28000 28P01 3D000 40001 40P01 53100 53200 53300 55P03
    57014 57P01 57P02 57P03 58000 58030 XX001
    ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENOSPC EMFILE`,
  poison: `
    SQLITE_CONSTRAINT_UNIQUE SQLITE_CONSTRAINT_FOREIGNKEY SQLITE_CONSTRAINT_NOTNULL SQLITE_ERROR
    SQLITE_MISMATCH SQLITE_RANGE SQLITE_TOOBIG
    23505 23502 23503 22003 22P02 42601 42P01 42703 21000`,
  unknown: 'SQLITE_INTERNAL 25P02 XX000 55000 ERR_WHATEVER EXYZ',
}

test.each(
  Object.entries(CODES).flatMap(([wanted, codes]) =>
    codes
      .trim()
      .split(/\s+/)
      .map((code) => [code, wanted]),
  ),
)('%s is %s', (code, wanted) => {
  expect(errorClass(coded(code))).toBe(wanted)
})

test.each([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Cannot use a pool after calling end on the pool',
])('“%s” carries no code and is weather', (message) => {
  expect(errorClass(new Error(message))).toBe('weather')
})

test('a fault of the program and a rule that was broken are poison, and what was never an error is unknown', () => {
  const zodError = z.object({ a: z.string() }).safeParse({}).error
  const faults = [
    new TypeError('x'),
    new RangeError('x'),
    new ReferenceError('x'),
    zodError,
    new Conflict('x'),
  ]
  expect(faults.map(errorClass)).toEqual(faults.map(() => 'poison'))
  const others = [new Error('x'), 'ECONNRESET', null, undefined, { code: '57P01' }]
  expect(others.map(errorClass)).toEqual(others.map(() => 'unknown'))
})

test('a closed SQLite handle throws a TypeError and is weather all the same', () => {
  expect(errorClass(new TypeError('The database connection is not open'))).toBe('weather')
})

test('the address of a socket file that is gone is weather; a missing file elsewhere is not', () => {
  expect(errorClass(coded('ENOENT', { syscall: 'connect' }))).toBe('weather')
  expect(errorClass(coded('ENOENT', { syscall: 'open' }))).toBe('unknown')
})

test('wrapped errors count, and weather outweighs', () => {
  const lost = new Error('rollback failed', {
    cause: new Error('saving', { cause: coded('08006') }),
  })
  expect(errorClass(lost)).toBe('weather')
  const both = [coded('ECONNREFUSED'), coded('ECONNREFUSED')]
  expect(errorClass(new AggregateError(both))).toBe('weather')
  expect(errorClass(new TypeError('fetch failed', { cause: coded('ECONNRESET') }))).toBe('weather')
  expect(errorClass(new Error('saving', { cause: coded('23505') }))).toBe('poison')
  const circle = new Error('x')
  circle.cause = circle
  expect(errorClass(circle)).toBe('unknown')
})
