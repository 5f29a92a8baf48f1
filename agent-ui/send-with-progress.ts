/** Sends a file and says how much of it is on its way, 0 to 1; null: no answer came. */
export function sendWithProgress(
  address: string,
  file: Blob,
  onProgress: (share: number) => void,
): Promise<Response | null> {
  const { promise, resolve } = Promise.withResolvers<Response | null>()
  const request = new XMLHttpRequest()
  request.open('POST', address)
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress(loaded / total)
  })
  request.addEventListener('load', () => {
    const retryAfter = request.getResponseHeader('retry-after')
    const headers: HeadersInit = retryAfter === null ? {} : { 'retry-after': retryAfter }
    resolve(new Response(request.responseText, { status: request.status, headers }))
  })
  for (const end of ['error', 'abort', 'timeout'])
    request.addEventListener(end, () => resolve(null))
  request.send(file)
  return promise
}
