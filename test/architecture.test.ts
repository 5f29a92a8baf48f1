import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RULES } from './architecture/rules.ts'
import { SHAPE_RULES } from './architecture/shape.ts'
import { parseSource, readSources } from './architecture/source-file.ts'

const rules = [...RULES, ...SHAPE_RULES]

describe('the house (design: who may import whom, what is pure, how big a file is)', () => {
  const files = readSources(resolve(import.meta.dirname, '..'))

  test('the sources are found', () => {
    expect(files.length).toBeGreaterThan(50)
  })

  test.each(rules)('$name', ({ check }) => {
    expect(check(files)).toEqual([])
  })
})

/** Sources that break one rule each, as `path: text`. */
const BAD: Record<string, Record<string, string>> = {
  'asterisk-manager only where it belongs': {
    'server/ami/telephony.ts': `import Ami from 'asterisk-manager'`,
  },
  'socket.io only where it belongs': {
    'server/http/app.ts': `import { Server } from 'socket.io'`,
  },
  'better-sqlite3 only where it belongs': {
    'server/calls/call-store.ts': `import Database from 'better-sqlite3'`,
  },
  'node-cron only where it belongs': {
    'server/calls/call-service.ts': `import { schedule } from 'node-cron'`,
  },
  'pg only where it belongs': { 'server/main.ts': `import pg from 'pg'` },
  'express only where it belongs': {
    'server/calls/call-routes.ts': `import express from 'express'`,
  },
  'kysely only where it belongs': {
    'server/calls/call-service.ts': `import type { Kysely } from 'kysely'`,
  },
  'nothing imports another feature’s store or service': {
    'server/tickets/ticket-service.ts': `import { findCall } from '../calls/call-store.ts'`,
  },
  'routes reach SQL only through a service': {
    'server/calls/call-routes.ts': `import { findCall } from './call-store.ts'`,
  },
  'services and stores know nothing of HTTP, sockets and Asterisk': {
    'server/calls/call-service.ts': `import { route } from '../http/route.ts'`,
  },
  'a store asks nobody but the database and pure files': {
    'server/calls/call-store.ts': `import type { CallService } from './call-service.ts'`,
  },
  'features know no adapter: sockets, HTTP server and Asterisk come as ports': {
    'server/queues/queue-routes.ts': `import { io } from '../realtime/socket-server.ts'`,
  },
  'pure files import only zod, pure files and #contract, and the shapes of rows as types': {
    'server/calls/call.ts': `import { readFile } from 'node:fs/promises'`,
  },
  'the contract imports only zod and itself': {
    'server/contract/calls.ts': `import { call } from '../calls/call.ts'`,
  },
  'the pages import only #contract, themselves and packages for browsers': {
    'agent-ui/src/api.ts': `import { waitSeconds } from '../../server/calls/call.ts'`,
  },
  'the server imports neither pages, scripts nor tests': {
    'server/main.ts': `const seed = await import('../scripts/seed.ts')`,
  },
  'scripts do not import tests': {
    'scripts/seed.ts': `import { aCall } from '../test/support/builders.ts'`,
  },
  'no barrels': { 'server/calls/index-of-calls.ts': `export * from './call.ts'` },
  'the environment is read only in config.ts and scripts': {
    'server/logger.ts': `const level = process.env.LOG_LEVEL`,
  },
  'console is for main.ts and scripts': {
    'server/calls/call-service.ts': `console.log('call')`,
  },
  'pure files know no clock, chance, timer or process': {
    'server/calls/call.ts': `export const nowMs = () => Date.now()`,
  },
  'services take time and chance from their ports': {
    'server/calls/call-service.ts': `setTimeout(save, 100)`,
  },
  'tests wait by `eventually`, whose limit is none of a quiet machine': {
    'test/integration/calls.test.ts': `await vi.waitFor(() => expect(calls).toHaveLength(1))`,
  },
  'tests of the service mock no module: Node loads the real one whatever they ask': {
    'server/calls/call-service.test.ts': `vi.mock('./call-store.ts')`,
  },
  'names are exported by name': { 'server/http/app.ts': `export default function app() {}` },
  'no file name that says nothing': { 'server/calls/call-utils.ts': `export const x = 1` },
  'no file above 400 lines': { 'server/calls/call-store.ts': 'const x = 1\n'.repeat(401) },
  'no file of the server above 300 lines': {
    'server/calls/call-store.ts': 'const x = 1\n'.repeat(301),
  },
  'house and wiring stay on one screen': { 'server/wiring.ts': 'const x = 1\n'.repeat(121) },
  'at most 20 files besides tests in a folder of the server': Object.fromEntries(
    Array.from({ length: 21 }, (_, n) => [`server/calls/book/part-${n}.ts`, 'export type A = 1']),
  ),
  'no function above 60 lines of its own': {
    'server/calls/call-store.ts': `export function f() {\n${'  g()\n'.repeat(60)}}\n`,
  },
  'no import cycles': {
    'server/calls/call.ts': `import type { Book } from './call-book.ts'`,
    'server/calls/call-book.ts': `import type { Call } from './call.ts'`,
  },
  'every pure file has its test beside it': {
    'server/calls/call.ts': `export function waitSeconds() {\n  return 1\n}\n`,
  },
}

describe('each rule can fail', () => {
  test.each(rules)('$name', ({ name, check }) => {
    expect(check(sources(BAD[name] ?? {}))).not.toEqual([])
  })
})

describe('what does not break a rule', () => {
  test('files of exactly the longest length, a folder of twenty files with their tests', () => {
    const folder = Array.from({ length: 20 }, (_, n) => `server/calls/book/part-${n}`)
    const files = sources({
      'server/calls/call-store.ts': 'const x = 1\n'.repeat(300),
      'server/calls/call-store.test.ts': 'const x = 1\n'.repeat(400),
      'server/wiring.ts': 'const x = 1\n'.repeat(120),
      ...Object.fromEntries(folder.map((path) => [`${path}.ts`, 'export type A = 1'])),
      ...Object.fromEntries(folder.map((path) => [`${path}.test.ts`, ''])),
    })
    expect(rules.flatMap(({ check }) => check(files))).toEqual([])
  })

  test('only what puts the parts together may know every feature’s services', () => {
    const text = `import { createCallService } from './calls/call-service.ts'`
    const broken = (path: string) =>
      rules.flatMap(({ check }) => check(sources({ [path]: text }))).length > 0
    const composing = ['main', 'wiring', 'house', 'workflow'].map((name) => `server/${name}.ts`)
    expect(composing.filter(broken)).toEqual([])
    expect(broken('server/other.ts')).toBe(true)
  })

  test.each([
    ['a word in a comment', `// not Date.now()\n/* process.env */\nexport type A = 1`],
    ['a word in a string', `export const a = 'Date.now() and process.env'`],
    ['a comment mark in a string', `export const a = 'http://x'\nexport const b = new Date(a)`],
    ['a quote in a regular expression', `export const a = /['"]/\nexport const b = 'Date.now()'`],
  ])('%s', (_what, text) => {
    const files = sources({ 'server/calls/call.ts': text, 'server/calls/call.test.ts': '' })
    expect(rules.flatMap(({ check }) => check(files))).toEqual([])
  })

  test('a factory of many short functions is not one long function', () => {
    const inner = '  function g() {\n    h()\n  }\n'.repeat(40)
    const files = sources({ 'server/calls/call-service.ts': `export function f() {\n${inner}}\n` })
    expect(rules.flatMap(({ check }) => check(files))).toEqual([])
  })
})

test('imports are found however they are written', () => {
  const text = [
    `import { a } from './a.ts'`,
    `import type { B } from '#contract/b.ts'`,
    `import {\n  type C,\n} from '../c.ts'`,
    `import 'zod'`,
    `export { d } from './d.ts'`,
    `export const e = await import('./e.ts')`,
  ].join('\n')
  expect(
    parseSource('server/calls/x.ts', text).imports.map(
      (used) => `${used.file ?? used.specifier}${used.typeOnly ? ' (type)' : ''}`,
    ),
  ).toEqual([
    'server/calls/a.ts',
    'server/contract/b.ts (type)',
    'server/c.ts (type)',
    'zod',
    'server/calls/d.ts',
    'server/calls/e.ts',
  ])
})

function sources(texts: Record<string, string>) {
  return Object.entries(texts).map(([path, text]) => parseSource(path, text))
}
