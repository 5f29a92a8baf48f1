import { vi } from 'vitest'

export interface Asked {
  method: string
  path: string
  body: unknown
}

export interface Answer {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

/** The service as the page's requests see it; a path without an answer gets none, like a dead one. */
export interface FakeService {
  /** Every request so far, in order. */
  readonly asked: readonly Asked[]
  /** From now on `GET /api/desk` and the like are answered so. */
  answer: (request: string, answer: Answer) => void
}

export function fakeService(): FakeService {
  const asked: Asked[] = []
  const answers = new Map<string, Answer>()
  vi.stubGlobal('fetch', (address: string, init: RequestInit): Promise<Response> => {
    const method = init.method ?? 'GET'
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
    asked.push({ method, path: address, body })
    const answer = answers.get(`${method} ${address}`)
    if (!answer) return Promise.reject(new TypeError('no answer'))
    const { status = 200, headers = {} } = answer
    const text = status === 204 ? null : JSON.stringify(answer.body ?? null)
    return Promise.resolve(new Response(text, { status, headers }))
  })
  return { asked, answer: (request, answer) => void answers.set(request, answer) }
}

/** A problem as the service writes it. */
export function aProblem(status: number, detail = ''): Answer {
  return { status, body: { type: 'about:blank', title: 'Problem', status, detail } }
}
