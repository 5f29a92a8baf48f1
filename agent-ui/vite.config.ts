import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'
import { fieldWorker } from './vite-field-worker.ts'

const service = 'http://127.0.0.1:3000'

/**
 * What every page needs comes in a few files that change at different times, what one screen needs in
 * one file of its own; left alone, parts that two screens share become some 80 files.
 */
const groups = [
  {
    name: 'react',
    test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@tanstack\/(react-)?(router|query))/,
  },
  { name: 'look', test: /node_modules\/(@mantine|@floating-ui|@tabler)\//, minShareCount: 2 },
  { name: 'contract', test: /node_modules\/zod\/|server\/contract\// },
  {
    name: 'work',
    test: /agent-ui\/(i18n\/vi|state\/([\w-]+-search|list-sort|noc-board|outage-entry|team-work)\.|screens\/(shell(?!\/call-bar\/transfer)|desk|tickets\/ticket-view|sign-in))/,
  },
  { name: 'parts', test: /agent-ui\/(components|state|screens|[\w-]+\.tsx?$)/, minShareCount: 2 },
].map((group, index, all) => ({ ...group, priority: all.length - index }))

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
