import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeEach, expect, test } from 'vitest'

const SCRIPT = readFileSync(resolve(import.meta.dirname, 'field-worker.js'), 'utf8')
const ORIGIN = 'https://hotline.test'

type Handler = (event: object) => void

/** The shelves of a browser: what is kept of which address, by the shelf's name. */
let shelves: Map<string, Map<string, string>>
/** What the network answers; an address without an answer has none. */
let network: Map<string, { status: number; text: string }>

beforeEach(() => {
  shelves = new Map()
  network = new Map()
})

const nameOf = (request: string | { url: string }) =>
  typeof request === 'string' ? request : new URL(request.url).pathname

async function fetched(request: string | { url: string }): Promise<Response> {
  const answer = network.get(nameOf(request))
  if (answer === undefined) throw new TypeError('no connection')
  return new Response(answer.text, { status: answer.status })
}

function shelf(name: string) {
  const kept = shelves.get(name) ?? new Map<string, string>()
  shelves.set(name, kept)
  const put = async (request: string, answer: Response) =>
    void kept.set(request, await answer.text())
  return {
    put,
    match: async (request: string) =>
      kept.has(request) ? new Response(kept.get(request)) : undefined,
    addAll: async (addresses: string[]) => {
      for (const one of addresses) await put(one, await fetched(one))
    },
  }
}

const caches = {
  open: async (name: string) => shelf(name),
  keys: async () => [...shelves.keys()],
  delete: async (name: string) => shelves.delete(name),
  match: async (request: { url: string }) => {
    const kept = [...shelves.values()].find((one) => one.has(nameOf(request)))
    return kept && new Response(kept.get(nameOf(request)))
  },
}

/** The worker of a build that has these files, told of what happens as the browser does. */
function worker(...files: string[]) {
  const handlers = new Map<string, Handler>()
  const given = {
    SHELL: files,
    ENTRY: files[0],
    addEventListener: (type: string, handler: Handler) => handlers.set(type, handler),
    caches,
    fetch: fetched,
    self: { skipWaiting: async () => undefined },
    location: { origin: ORIGIN },
  }
  // oxlint-disable-next-line typescript/no-implied-eval -- as the browser runs it, in a scope of its own
  new Function(...Object.keys(given), SCRIPT)(...Object.values(given))
  const last = async (type: string) => {
    let done: Promise<unknown> = Promise.resolve()
    handlers.get(type)?.({ waitUntil: (work: Promise<unknown>) => (done = work) })
    await done
  }
  /** What the worker answers; null: it leaves the request to the browser. */
  const ask = async (path: string, { mode = 'cors', method = 'GET', origin = ORIGIN } = {}) => {
    let answer: Promise<Response> | null = null
    const respondWith = (said: Promise<Response>) => (answer = said)
    handlers.get('fetch')?.({ request: { url: origin + path, mode, method }, respondWith })
    const answered = await (answer as Promise<Response> | null)
    return answered && (answered.type === 'error' ? 'error' : answered.text())
  }
  return { install: () => last('install'), activate: () => last('activate'), ask }
}

function built(entry: string, ...files: string[]): void {
  network.set('/field', { status: 200, text: `<script src="${entry}">` })
  for (const file of [entry, ...files]) network.set(file, { status: 200, text: `file ${file}` })
}

const PAGE = { mode: 'navigate' }

test('the page and its files are there without a connection, and with one it is the newest', async () => {
  built('/assets/a.js', '/assets/b.css')
  const one = worker('/assets/a.js', '/assets/b.css')
  await one.install()
  network.set('/field', { status: 200, text: 'newer page' })
  expect(await one.ask('/field', PAGE)).toBe('newer page')
  network.set('/field', { status: 503, text: 'the service is away' })
  expect(await one.ask('/field', PAGE)).toBe('<script src="/assets/a.js">')
  network.clear()
  expect(await one.ask('/field', PAGE)).toBe('<script src="/assets/a.js">')
  expect(await one.ask('/assets/b.css')).toBe('file /assets/b.css')
})

test('it answers nothing but the page and files of the build, and keeps nothing else', async () => {
  built('/assets/a.js')
  const one = worker('/assets/a.js')
  await one.install()
  network.set('/assets/other.js', { status: 200, text: 'other' })
  for (const path of ['/api/tickets', '/api/session', '/socket.io/']) {
    network.set(path, { status: 200, text: 'secret' })
    expect(await one.ask(path)).toBeNull()
  }
  expect(await one.ask('/field', { ...PAGE, method: 'POST' })).toBeNull()
  expect(await one.ask('/assets/a.js', { origin: 'https://other.test' })).toBeNull()
  expect(await one.ask('/assets/other.js')).toBe('other')
  expect([...shelves.values()].flatMap((kept) => [...kept.keys()])).toEqual([
    '/assets/a.js',
    '/field',
  ])
})

test('another build takes the place of this one; files of the one before stay for open pages', async () => {
  for (const entry of ['/assets/1.js', '/assets/2.js', '/assets/3.js']) {
    built(entry)
    const next = worker(entry)
    await next.install()
    await next.activate()
  }
  network.clear()
  const newest = worker('/assets/3.js')
  expect(await newest.ask('/field', PAGE)).toBe('<script src="/assets/3.js">')
  expect([...shelves.keys()]).toEqual(['field-shell /assets/2.js', 'field-shell /assets/3.js'])
})

test('a page of another build, as while one is put in place, is not kept', async () => {
  built('/assets/1.js')
  network.set('/assets/2.js', { status: 200, text: 'file' })
  await expect(worker('/assets/2.js').install()).rejects.toThrow('another build')
  expect([...shelves.keys()]).toEqual([])
})
