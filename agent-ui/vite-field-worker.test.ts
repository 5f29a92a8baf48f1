import { expect, test } from 'vitest'
import { shellFiles } from './vite-field-worker.ts'
import type { BuiltChunk } from './vite-field-worker.ts'

function chunk(fileName: string, change: Partial<BuiltChunk> = {}): BuiltChunk {
  const none = { moduleIds: [], facadeModuleId: null, imports: [], styles: [] }
  return { fileName, ...none, ...change }
}

const CHUNKS = [
  chunk('assets/other-screen.js', { facadeModuleId: '/app/screens/other.tsx' }),
  chunk('assets/field-screen.js', {
    facadeModuleId: '/app/screens/field.tsx',
    imports: ['assets/parts.js'],
    styles: ['assets/field.css'],
  }),
  chunk('assets/parts.js', { imports: ['assets/react.js'], styles: ['assets/parts.css'] }),
  chunk('assets/react.js'),
  chunk('assets/index.js', {
    facadeModuleId: '/app/main.tsx',
    imports: ['assets/react.js'],
    styles: ['assets/index.css'],
  }),
]

test('the shell is the parts in their order and all that these need, each once', () => {
  expect(shellFiles(CHUNKS, ['app/main.tsx', 'screens/field.tsx'])).toEqual([
    '/assets/index.js',
    '/assets/field-screen.js',
    '/assets/react.js',
    '/assets/parts.js',
    '/assets/index.css',
    '/assets/field.css',
    '/assets/parts.css',
  ])
})

test('a part that the build put together with others is found by its module', () => {
  const together = chunk('assets/work.js', { moduleIds: ['/app/a.tsx', '/app/screens/field.tsx'] })
  expect(shellFiles([together], ['screens/field.tsx'])).toEqual(['/assets/work.js'])
})
