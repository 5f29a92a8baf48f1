/** What stands still for so long will not be answered any more; others wait for it to end. */
const STILL_MS = 60_000

/** Sends a file and says how much of it is on its way, 0 to 1; null: no answer came. */
export function sendWithProgress(
  address: string,
  file: Blob,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
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
