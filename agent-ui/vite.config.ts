import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const service = 'http://127.0.0.1:3000'

/** The page shares only `server/contract` with the service; `npm start` serves what is built here. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    alias: [
      {
        find: /^#contract\//,
        replacement: `${resolve(import.meta.dirname, '../server/contract')}/`,
      },
    ],
  },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 400 },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': service, '/socket.io': { target: service, ws: true } },
  },
})
