import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { viLater } from '../agent-ui/i18n/vi-later.ts'
import { vi } from '../agent-ui/i18n/vi.ts'
import { alarmStep } from '#contract/casework/clocks.ts'
import { checklistField } from '#contract/casework/guidance.ts'
import { clockKind, processAction } from '#contract/casework/process.ts'
import { importField } from '#contract/customer-import.ts'
import { timelineEntry } from '#contract/tickets.ts'
import { needsOf } from '../server/process/inputs.ts'

/** Words in the text of a call, with calls and templates within it. */
const ARGUMENTS = String.raw`(?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*?`
const LITERAL = /\bcode: '(\w+)'/g
const LAST_ARGUMENT = new RegExp(
  String.raw`\b(?:unprocessable|Conflict|Forbidden|fault|reader\.refuse|refuse\(index)[(,]${ARGUMENTS},\s*'(\w+)',?\s*\)`,
  'g',
)
const MISSING = /\bmissing\(\s*'(\w+)'/g
const NUMBER_FAULT = /'(number_[a-z_]+)'/g

/** Every code of a refusal or of a wrong field that the server's source names. */
function codesOfServer(): string[] {
  const files = globSync('server/**/*.ts').filter(
    (path) => !/\.test\.ts$|\/migrations\//.test(path),
  )
  const found = files.flatMap((path) => {
    const source = readFileSync(path, 'utf8')
    const isOfNumbers = path.endsWith('/customer-number.ts')
    return [
      ...named(source, LITERAL),
      ...named(source, LAST_ARGUMENT),
      ...named(source, MISSING).map((field) => `${field}_missing`),
      ...(isOfNumbers ? named(source, NUMBER_FAULT) : []),
    ]
  })
  return [...new Set([...found, ...composed()])].toSorted()
}

function named(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].flatMap(([, code]) => code ?? [])
}

/** Codes that are put together where they are sent. */
function composed(): string[] {
  return checklistField.options.map(({ shape }) => `checklist_${shape.type.value}`)
}

/** customers/import/import-line.ts: of the columns that must stand, and of those with known words. */
const OF_IMPORTS = ['name_missing', 'kind_unknown', 'contractStatus_unknown', 'areaClass_unknown']

const without = (words: readonly string[], ...texts: object[]) =>
  words.filter((word) => !texts.some((known) => Object.hasOwn(known, word)))

describe('the pages have a text for', () => {
  test('every code of a refusal', () => {
    const codes = [...codesOfServer(), ...OF_IMPORTS]
    expect(codes.length).toBeGreaterThan(90)
    expect(without(codes, vi.fieldFault, vi.refusal)).toEqual([])
  })

  test('every line of a call', () => {
    const source = readFileSync('server/calls/timeline-text.ts', 'utf8')
    const kinds = named(source.split('const NO_TICKET')[0] ?? '', /^ {2}(\w+):/gm)
    expect(kinds.length).toBeGreaterThan(25)
    expect(without(kinds, vi.callEvent)).toEqual([])
  })

  test('every step, those that the service takes itself, and what each asks for', () => {
    const needs = processAction.options.flatMap(needsOf)
    const moves = /ServiceMove = (.+)/.exec(readFileSync('server/process/effect.ts', 'utf8'))?.[1]
    const ownMoves = named(moves ?? '', /'(\w+)'/g)
    expect(ownMoves.length).toBeGreaterThan(0)
    expect(without([...processAction.options, ...ownMoves], vi.action)).toEqual([])
    expect(
      without(
        needs.map(({ name }) => name),
        vi.need,
      ),
    ).toEqual([])
    expect(
      without(
        needs.flatMap(({ options }) => options),
        vi.choice,
        vi.category,
      ),
    ).toEqual([])
  })

  test('every clock and alarm', () => {
    expect(without(clockKind.options, vi.clock)).toEqual([])
    expect(without(alarmStep.options, vi.notifications.alarm)).toEqual([])
  })

  test('every line of a timeline and every column of an import', () => {
    expect(without(timelineEntry.shape.kind.options, vi.timeline)).toEqual([])
    expect(without(importField.options, vi.imports.fieldName)).toEqual([])
  })
})

test('the texts that come with later screens stand on those alone', () => {
  const later = new RegExp(`['"\`](?:${Object.keys(viLater).join('|')})\\.[a-z]`)
  const says = globSync('agent-ui/{*,{components,state,screens}/**/*}.{ts,tsx}').filter(
    (path) => !/\.test\.tsx?$/.test(path) && later.test(readFileSync(path, 'utf8')),
  )
  expect(says.length).toBeGreaterThan(10)
  expect(says.filter((path) => !/screens\/(alarms|audit|jobs|noc|settings)\//.test(path))).toEqual(
    [],
  )
})
