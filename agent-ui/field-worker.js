/*
 * Lets the phone page of field staff start without a connection. It stands above `/field` alone: no other
 * page passes through it. It keeps files of the build and nothing else: no answer of the service, nobody's
 * data. `SHELL` (the addresses of these files) and `ENTRY` (the first of them) stand above, put there by the
 * build (`vite-field-worker.ts`); another build is another worker, which takes the place of this one.
 */
const PAGE = '/field'
const PREFIX = 'field-shell '
/** The files change their names with their contents: their names are the version. */
const OWN = PREFIX + SHELL.join(' ')
/** A connection that says nothing for so long is none. */
const PATIENCE_MS = 5_000

addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()))
})

addEventListener('activate', (event) => event.waitUntil(removeOld()))

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(request))
})

/** Fails as a whole: the worker before stays, and this one is tried again at the next start. */
async function fill() {
  const answer = await fetch(PAGE, { cache: 'reload' })
  const text = await answer.clone().text()
  if (!answer.ok || !text.includes(ENTRY)) throw new Error('the page is of another build')
  const cache = await caches.open(OWN)
  await cache.addAll(SHELL)
  await cache.put(PAGE, answer)
}

/** A page that is still open has files of the build before. */
async function removeOld() {
  const known = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN)
  await Promise.all(known.slice(0, -1).map((name) => caches.delete(name)))
}

/** The newest page, where it can be had. */
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (answer.status < 500) return answer
  } catch {
    // no connection: the page as it was
  }
  const cache = await caches.open(OWN)
  return (await cache.match(PAGE)) ?? Response.error()
}

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request)
}
