import { dirname } from 'node:path/posix'
import { isPure, isTest } from './kinds.ts'
import type { Rule } from './rules.ts'
import type { SourceFile } from './source-file.ts'

const LONGEST_FILE = 400
const LONGEST_SERVER_FILE = 300
/** Files besides tests that a reader can keep apart. */
const MOST_FILES_IN_A_FOLDER = 20
/** Parts are put together on one screen or two: what is longer holds a rule. */
/** One screen each: lists of parts, no rules. */
const LONGEST_COMPOSITION: Record<string, number> = {
  'server/house.ts': 150,
  'server/wiring.ts': 120,
}
const COMPOSITION = Object.keys(LONGEST_COMPOSITION)
const LONGEST_FUNCTION = 60

/** The rules about sizes, cycles and tests beside pure files. */
export const SHAPE_RULES: Rule[] = [
  { name: `no file above ${LONGEST_FILE} lines`, check: longFiles },
  { name: `no file of the server above ${LONGEST_SERVER_FILE} lines`, check: longServerFiles },
  { name: 'house and wiring stay on one screen', check: longComposition },
  {
    name: `at most ${MOST_FILES_IN_A_FOLDER} files besides tests in a folder of the server`,
    check: fullFolders,
  },
  { name: `no function above ${LONGEST_FUNCTION} lines of its own`, check: longFunctions },
  { name: 'no import cycles', check: importCycles },
  { name: 'every pure file has its test beside it', check: untestedPureFiles },
]

function longFiles(files: SourceFile[]): string[] {
  return longerThan(LONGEST_FILE, files)
}

function longServerFiles(files: SourceFile[]): string[] {
  return longerThan(LONGEST_SERVER_FILE, files.filter(isOfServer))
}

function longComposition(files: SourceFile[]): string[] {
  return files.flatMap((file) => longerThan(LONGEST_COMPOSITION[file.path] ?? Infinity, [file]))
}

function longerThan(most: number, files: SourceFile[]): string[] {
  return files
    .filter((file) => file.lines.length > most)
    .map((file) => `${file.path} has ${file.lines.length} lines`)
}

function fullFolders(files: SourceFile[]): string[] {
  const byFolder = Map.groupBy(files.filter(isOfServer), ({ path }) => dirname(path))
  return [...byFolder]
    .filter(([, inside]) => inside.length > MOST_FILES_IN_A_FOLDER)
    .map(([folder, inside]) => `${folder} has ${inside.length} files`)
}

function isOfServer({ path }: SourceFile): boolean {
  return path.startsWith('server/') && !isTest(path)
}

function untestedPureFiles(files: SourceFile[]): string[] {
  const paths = new Set(files.map((file) => file.path))
  return files
    .filter((file) => isPure(file.path) && hasCode(file))
    .map((file) => file.path.replace(/\.ts$/, '.test.ts'))
    .filter((test) => !paths.has(test))
    .map((test) => `${test} is missing`)
}

/** Types alone need no test. A type ends at the next line that starts at the margin with a letter. */
function hasCode(file: SourceFile): boolean {
  let inType = false
  const rest = file.code.split('\n').filter((line) => {
    if (/^[a-z]/i.test(line)) inType = /^(export )?(interface|type)\b/.test(line)
    return !inType
  })
  return /\bfunction\b|=>|\bclass\b/.test(rest.join('\n'))
}

const FUNCTION_START =
  /^(\s*)(?:(?:export )?(?:async )?function\b|(?:export )?const \w+ = (?:async )?\(.*=>|(?:async |static |#)*\w+\(.*\{$|.*=> \{$)/

/**
 * Lines of each function without the functions inside it: a service's factory may hold many short
 * ones. Relies on the formatter: a block ends on a line indented like the one that began it.
 * Migrations are lists of columns, the house and its wiring are lists of parts that name each other, tests are
 * lists of rows and cases: these are exempt.
 */
function longFunctions(files: SourceFile[]): string[] {
  const looked = files.filter(
    ({ path }) =>
      !isTest(path) && !path.startsWith('server/db/migrations/') && !COMPOSITION.includes(path),
  )
  return looked.flatMap((file) =>
    ownLengths(file.code.split('\n'))
      .filter((found) => found.own > LONGEST_FUNCTION)
      .map((found) => `${file.path}:${found.line} has ${found.own} lines`),
  )
}

function ownLengths(lines: string[]): { line: number; own: number }[] {
  const open: { line: number; indent: string; own: number }[] = []
  const done: { line: number; own: number }[] = []
  lines.forEach((text, index) => {
    const indent = FUNCTION_START.exec(text)?.[1]
    if (indent !== undefined && startsBlock(lines, index, indent))
      open.push({ line: index + 1, indent, own: 0 })
    const innermost = open.at(-1)
    if (innermost === undefined) return
    if (text.trim() !== '') innermost.own += 1
    if (index + 1 !== innermost.line && endsBlock(text, innermost.indent)) {
      done.push(innermost)
      open.pop()
    }
  })
  return done
}

function startsBlock(lines: string[], index: number, indent: string): boolean {
  for (const text of lines.slice(index, index + 40)) {
    if (text.endsWith('{')) return true
    if (text !== lines[index] && text.trim() !== '' && !text.startsWith(`${indent} `)) {
      return text.startsWith(`${indent})`) && text.endsWith('{')
    }
  }
  return false
}

function endsBlock(text: string, indent: string): boolean {
  return text.startsWith(`${indent}}`) && !text.endsWith('{')
}

/** Each cycle once, named by its files in order. Types count: a cycle of types is a cycle of ideas. */
function importCycles(files: SourceFile[]): string[] {
  const graph = new Map(
    files.map((file) => [file.path, [...new Set(file.imports.flatMap((used) => used.file ?? []))]]),
  )
  const finished = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path)
    if (start !== -1) cycles.push([...trail.slice(start), path].join(' → '))
    if (start !== -1 || finished.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    finished.add(path)
  }
  for (const file of files) visit(file.path, [])
  return cycles
}
