import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

/** What the phone page of field staff begins with, first what `index.html` names. */
const PARTS = [
  'agent-ui/main.tsx',
  'screens/field/field-screen.tsx',
  'i18n/vi-later.ts',
  'i18n/en.ts',
]

/** A file of the build, as far as it matters which others it needs. */
export interface BuiltChunk {
  fileName: string
  moduleIds: readonly string[]
  facadeModuleId: string | null
  imports: readonly string[]
  styles: readonly string[]
}

/** The addresses of everything with which these parts start; the file of the first part comes first. */
export function shellFiles(chunks: readonly BuiltChunk[], parts: readonly string[]): string[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const has = ({ moduleIds, facadeModuleId }: BuiltChunk, part: string) =>
    [facadeModuleId, ...moduleIds].some((id) => id?.endsWith(`/${part}`) === true)
  const waiting = parts.flatMap((part) => chunks.filter((chunk) => has(chunk, part)))
  const files = new Set<string>()
  const styles = new Set<string>()
  for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
    if (files.has(chunk.fileName)) continue
    files.add(chunk.fileName)
    for (const style of chunk.styles) styles.add(style)
    waiting.push(...chunk.imports.flatMap((name) => byName.get(name) ?? []))
  }
  return [...files, ...styles].map((name) => `/${name}`)
}

/** Writes the worker of the phone page with the names of the files that it keeps. */
export function fieldWorker(): Plugin {
  const worker = resolve(import.meta.dirname, 'field-worker.js')
  return {
    name: 'field-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).flatMap((file): BuiltChunk[] => {
          if (file.type !== 'chunk') return []
          const styles = [...(file.viteMetadata?.importedCss ?? [])]
          return [{ ...file, styles }]
        })
        const shell = shellFiles(chunks, PARTS)
        const head = `const SHELL = ${JSON.stringify(shell)}\nconst ENTRY = ${JSON.stringify(shell[0])}\n`
        const source = head + readFileSync(worker, 'utf8')
        this.emitFile({ type: 'asset', fileName: 'field-worker.js', source })
      },
    },
  }
}
