import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

/** One import or re-export: where it points and whether it is erased when the file runs. */
export interface Import {
  /** As written: `kysely`, `./call.ts`, `#contract/calls.ts`. */
  specifier: string
  /** The project file it names, from the root; null for a package. */
  file: string | null
  typeOnly: boolean
  reExport: boolean
}

/** A source file as the rules see it. Paths are from the root with `/`. */
export interface SourceFile {
  path: string
  lines: string[]
  imports: Import[]
  /** The text without comments and without what stands inside '…' and "…". */
  code: string
}

const ROOTS = ['server', 'agent-ui', 'scripts', 'test']
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', '.cache', 'data', 'tapes'])

/** Every `.ts` and `.tsx` file of the project below `root`. */
export function readSources(root: string): SourceFile[] {
  const paths = ROOTS.flatMap((folder) => listFiles(join(root, folder)))
  return paths.map((path) =>
    parseSource(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')),
  )
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : listFiles(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

export function parseSource(path: string, text: string): SourceFile {
  const { code, withoutComments } = stripText(text)
  return {
    path,
    lines: text.trimEnd().split('\n'),
    imports: findImports(path, withoutComments),
    code,
  }
}

const STATIC_IMPORT =
  /^[ \t]*(import|export)\s+(type\s+)?([\w*\s{},$]*?\sfrom\s+)?['"]([^'"\n]+)['"]/gm
const DYNAMIC_IMPORT = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g

function findImports(path: string, text: string): Import[] {
  const found: Import[] = []
  for (const match of text.matchAll(STATIC_IMPORT)) {
    const [, keyword, type, names, specifier] = match
    if (specifier === undefined || (keyword === 'export' && names === undefined)) continue
    const typeOnly = type !== undefined || namesOnlyTypes(names ?? '')
    found.push({ ...target(path, specifier), typeOnly, reExport: keyword === 'export' })
  }
  for (const [, specifier] of text.matchAll(DYNAMIC_IMPORT)) {
    if (specifier !== undefined)
      found.push({ ...target(path, specifier), typeOnly: false, reExport: false })
  }
  return found
}

/** `{ type A, type B } from` is as erased as `import type`. */
function namesOnlyTypes(names: string): boolean {
  const inside = /^\s*\{([^}]*)\}\s*from\s*$/.exec(names)?.[1]
  if (inside === undefined) return false
  const parts = inside.split(',').filter((part) => part.trim() !== '')
  return parts.length > 0 && parts.every((part) => part.trim().startsWith('type '))
}

function target(from: string, specifier: string): Pick<Import, 'specifier' | 'file'> {
  if (specifier.startsWith('#contract/'))
    return { specifier, file: specifier.replace('#contract/', 'server/contract/') }
  if (specifier.startsWith('.'))
    return { specifier, file: normalize(join(dirname(from), specifier)).replaceAll('\\', '/') }
  return { specifier, file: null }
}

/** Characters after which a `/` starts a regular expression, not a division. */
const BEFORE_REGEX = /(?:[=(,:[!&|?{;]|\breturn)\s*$|^\s*$/

/** Reads the text once, so that a `//` inside a string is no comment and a quote in a regex no string. */
export function stripText(text: string): { code: string; withoutComments: string } {
  let code = ''
  let withoutComments = ''
  let at = 0
  while (at < text.length) {
    const piece = nextPiece(text, at, code)
    const whole = text.slice(at, piece.end)
    withoutComments += piece.kind === 'comment' ? keepNewlines(whole) : whole
    code += piece.kind === 'plain' ? whole : blank(whole, piece.kind)
    at = piece.end
  }
  return { code, withoutComments }
}

type PieceKind = 'plain' | 'comment' | 'string'

function nextPiece(text: string, at: number, before: string): { kind: PieceKind; end: number } {
  const char = text[at]
  const pair = text.slice(at, at + 2)
  if (pair === '//') return { kind: 'comment', end: endOf(text, '\n', at) }
  if (pair === '/*') return { kind: 'comment', end: endOf(text, '*/', at + 2) + 2 }
  if (char === "'" || char === '"') return { kind: 'string', end: closing(text, at, char) }
  if (char === '/' && BEFORE_REGEX.test(before.slice(-20)))
    return { kind: 'string', end: closing(text, at, '/') }
  return { kind: 'plain', end: at + 1 }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found
}

/** The end of a quoted piece that starts at `from`; a line's end closes it too. */
function closing(text: string, from: number, quote: string): number {
  let inClass = false
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at]
    if (char === '\\') at += 1
    else if (char === '\n') return at
    else if (quote === '/' && char === '[') inClass = true
    else if (quote === '/' && char === ']') inClass = false
    else if (char === quote && !inClass) return at + 1
  }
  return text.length
}

function blank(whole: string, kind: PieceKind): string {
  return kind === 'comment' ? keepNewlines(whole) : `${whole[0]}${whole.at(-1)}`
}

function keepNewlines(text: string): string {
  return text.replaceAll(/[^\n]/g, '')
}
