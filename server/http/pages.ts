import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Router } from 'express'
import compressedStatic from 'express-static-gzip'

/**
 * The built pages. Files under `assets/` carry a hash in their name and never change; every other
 * address of the pages is answered with `index.html`, which is asked for anew each time. Who accepts
 * it gets the Brotli or gzip file that the build made beside each one; nothing is compressed here.
 */
export function pages(folder: string): Router {
  const router = Router()
  router.use(
    '/assets',
    precompressed(join(folder, 'assets'), { immutable: true, maxAge: '1y' }),
    (_request, response) => void response.status(404).end(),
  )
  router.use(precompressed(folder, { maxAge: 0 }))
  router.get('/{*path}', (request, response, next) => {
    if (!request.accepts('html')) {
      next()
      return
    }
    response.setHeader('Cache-Control', 'no-cache')
    response.sendFile('index.html', { root: folder }, (error?: Error) => {
      if (error) next(error)
    })
  })
  return router
}

/** The files of a folder as the build left them; Brotli goes first where it is accepted. */
function precompressed(
  folder: string,
  serveStatic: { immutable?: boolean; maxAge: string | number },
) {
  return compressedStatic(folder, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    serveStatic: { ...serveStatic, index: false },
  })
}

const BUILT = fileURLToPath(new URL('../../agent-ui/dist', import.meta.url))

/**
 * Where the built pages are, null when they are not built. `version` changes with every build, so
 * that an open page learns that it is outdated.
 */
export function builtPages(): { folder: string | null; version: string } {
  const page = join(BUILT, 'index.html')
  if (!existsSync(page)) return { folder: null, version: 'unbuilt' }
  const version = createHash('sha256').update(readFileSync(page)).digest('hex').slice(0, 12)
  return { folder: BUILT, version }
}
