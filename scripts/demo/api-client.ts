/** One signed-in person at the service, through the same HTTP interface as the pages. */
export interface ApiClient {
  baseUrl: string
  /** Of the session, as a page sends it when it opens its socket. */
  cookie: string
  get: (path: string) => Promise<unknown>
  post: (path: string, body: unknown) => Promise<unknown>
  put: (path: string, body: unknown) => Promise<unknown>
}

/** The service refused; `status` and its own words. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number
  constructor(status: number, words: string) {
    super(`${status}: ${words}`)
    this.status = status
  }
}

/** Signs in. Throws ApiRefusal when the service says no. */
export async function signIn(
  baseUrl: string,
  credentials: { username: string; password: string },
): Promise<ApiClient> {
  const answer = await send(baseUrl, null, 'POST', '/api/session', credentials)
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const reply = await send(baseUrl, cookie, method, path, body)
    return reply.status === 204 ? null : reply.json()
  }
  return {
    baseUrl,
    cookie,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  }
}

async function send(
  baseUrl: string,
  cookie: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const reply = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      ...(cookie === null ? {} : { cookie }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new ApiRefusal(reply.status, await reply.text())
  return reply
}
