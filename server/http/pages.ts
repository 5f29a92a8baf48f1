import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { Router } from 'express'

/**
 * The built pages. Files under `assets/` carry a hash in their name and never change; every other
 * address of the pages is answered with `index.html`, which is asked for anew each time.
 */
export function pages(folder: string): Router {
  const router = Router()
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }),
    (_request, response) => void response.status(404).end(),
  )
  router.use(express.static(folder, { index: false, maxAge: 0 }))
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
