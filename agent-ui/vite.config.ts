import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'
import { fieldWorker } from './vite-field-worker.ts'

const service = 'http://127.0.0.1:3000'

interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null
}

/** What the sign-in and an agent's desk load: all that the entry imports, however far down. */
const firstLoad = new Set<string>()

function isOfFirstLoad(id: string, modules: Modules): boolean {
  if (firstLoad.size === 0) {
    const entry = resolve(import.meta.dirname, 'index.html')
    const open = [entry]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (firstLoad.has(next)) continue
      firstLoad.add(next)
      open.push(...(modules.getModuleInfo(next)?.importedIds ?? []))
    }
  }
  return firstLoad.has(id)
}

/**
 * Mantine and the icons are imported by one file that has all of them, so what of them is of the first load is seen
 * by name: the icons that its files name, and of Mantine's parts all but these.
 */
const OF_LATER_SCREENS =
  /(components\/(NumberInput|FileInput|FileButton|Highlight|Mark|Accordion|Code|Divider|Radio)|hooks\/esm\/use-(drag|long-press))\//
const ICON = /icons-react\/dist\/esm\/icons\/(\w+)\./
const iconsOfFirstLoad = new Set<string>()

function isOfFirstLook(id: string, modules: Modules): boolean {
  if (!isOfFirstLoad(id, modules) || OF_LATER_SCREENS.test(id)) return false
  const icon = ICON.exec(id)?.[1]
  if (icon === undefined) return true
  if (iconsOfFirstLoad.size === 0) {
    for (const file of firstLoad)
      if (/agent-ui\/.*\.tsx$/.test(file))
        for (const [name] of readFileSync(file, 'utf8').matchAll(/\bIcon[A-Z]\w+/g))
          iconsOfFirstLoad.add(name)
  }
  return iconsOfFirstLoad.has(icon)
}

const ofFirstLook = (name: string) => (id: string, modules: Modules) =>
  isOfFirstLook(id, modules) ? name : null

const ofFirstLoad = (name: string) => (id: string, modules: Modules) =>
  isOfFirstLoad(id, modules) ? name : null

/**
 * What the first load needs comes in a few files that change at different times, what later screens share in
 * one, and what one screen needs in one of its own; left alone, parts that two screens share become some 80 files.
 */
const groups = [
  {
    name: ofFirstLoad('react'),
    test: /node_modules\/(?!react-number-format)(react|react-dom|scheduler|i18next|@tanstack\/(react-)?(router|query))/,
  },
  { name: ofFirstLook('look'), test: /node_modules\/(@mantine|@floating-ui|@tabler)\// },
  { name: ofFirstLoad('contract'), test: /node_modules\/zod\/|server\/contract\// },
  { name: ofFirstLoad('work'), test: /agent-ui\// },
  { name: 'more', test: /agent-ui\/|node_modules\/|server\/contract\//, minShareCount: 2 },
].map((group, index, all) => ({
  ...group,
  debugName: group.test.source,
  priority: all.length - index,
}))

/** What a browser gets as it is: `.br` and `.gz` lie beside each file, and are made once, here. */
const precompressed = compression({
  algorithms: [defineAlgorithm('brotliCompress'), defineAlgorithm('gzip', { level: 9 })],
  threshold: 1024,
})

/** The page shares only `server/contract` with the service; `npm start` serves what is built here. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), fieldWorker(), precompressed],
  resolve: {
    alias: [
      {
        find: /^#contract\//,
        replacement: `${resolve(import.meta.dirname, '../server/contract')}/`,
      },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // every browser of that language knows the preloading of modules
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups } },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '^/api/': service, '/socket.io': { target: service, ws: true } },
  },
})
