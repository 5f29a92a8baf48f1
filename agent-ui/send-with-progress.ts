/** What stands still for so long will not be answered any more; others wait for it to end. */
const STILL_MS = 60_000

interface Sending {
  /** How much of it is on its way, 0 to 1. */
  onProgress: (share: number) => void
  signal?: AbortSignal | undefined
  headers?: Readonly<Record<string, string>>
}

/** Sends a file; null: no answer came. */
export function sendWithProgress(
  address: string,
  file: Blob,
  { onProgress, signal, headers: besides = {} }: Sending,
): Promise<Response | null> {
  const { promise, resolve } = Promise.withResolvers<Response | null>()
  const request = new XMLHttpRequest()
  const giveUp = () => request.abort()
  let timer = setTimeout(giveUp, STILL_MS)
  const end = (response: Response | null) => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
    resolve(response)
  }
  request.open('POST', address)
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('content-type', 'application/octet-stream')
  for (const [name, value] of Object.entries(besides)) request.setRequestHeader(name, value)
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, STILL_MS)
    if (total > 0) onProgress(loaded / total)
  })
  request.addEventListener('load', () => {
    const retryAfter = request.getResponseHeader('retry-after')
    const headers: HeadersInit = retryAfter === null ? {} : { 'retry-after': retryAfter }
    end(new Response(request.responseText, { status: request.status, headers }))
  })
  for (const how of ['error', 'abort']) request.addEventListener(how, () => end(null))
  signal?.addEventListener('abort', giveUp)
  request.send(file)
  return promise
}
