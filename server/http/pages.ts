import { join } from 'node:path'
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
