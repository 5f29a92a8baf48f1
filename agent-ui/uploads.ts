import type { Attachment } from '#contract/casework/attachments.ts'
import { RequestFailed } from './request.ts'
import { createObservable, useObservable } from './observable.ts'
import { sendThumbnail } from './thumbnails.ts'
import { filesApi } from './ticket-files-api.ts'

/** A file that is on its way to a ticket, or was refused and waits for a word of the person. */
export interface Upload {
  /** Made here; the service attaches a file once under it, however often it is sent. */
  id: string
  ticketId: string
  name: string
  file: Blob
  /** How much is sent, 0 to 1; null while others go before it. */
  share: number | null
  failure: unknown
  maxMb: number
  onEnd: (end: UploadEnd) => void
}

/** How sending one went. */
export type UploadEnd = { attached: Attachment } | { failure: unknown }

/** Outside the screens: another tab of the desk in front stops nothing. */
const uploads = createObservable<readonly Upload[]>([])

/** One after the other, so that the page's other requests have room on a slow line. */
let line: Promise<void> = Promise.resolve()

export function useUploads(ticketId: string): readonly Upload[] {
  const all = useObservable(uploads, (value) => value)
  return all.filter((upload) => upload.ticketId === ticketId)
}

export function useIsUploading(ticketId: string): boolean {
  return useObservable(uploads, (all) => all.some((upload) => upload.ticketId === ticketId))
}

export function startUpload(order: Omit<Upload, 'id' | 'share' | 'failure'>): void {
  const id = crypto.getRandomValues(new Uint32Array(4)).join('-')
  uploads.change((all) => [...all, { ...order, id, share: null, failure: null }])
  queue(id)
}

export function retryUpload(id: string): void {
  put(id, { failure: null, share: null })
  queue(id)
}

export function dropUpload(id: string): void {
  uploads.change((all) => all.filter((upload) => upload.id !== id))
}

let person = new AbortController()

/** The person leaves: what waits here would go out under the name of the next one. */
export function dropUploads(): void {
  uploads.change(() => [])
  person.abort()
  person = new AbortController()
}

function queue(id: string): void {
  line = line.then(() => send(id))
}

async function send(id: string): Promise<void> {
  const upload = uploads.get().find((one) => one.id === id)
  if (upload === undefined) return
  const { ticketId, file, name, maxMb, onEnd } = upload
  const { signal } = person
  put(id, { share: 0 })
  try {
    if (file.size > maxMb * 1024 * 1024) throw tooLarge()
    const attached = await filesApi.attach(
      ticketId,
      { file, name, clientId: id },
      (share) => put(id, { share }),
      signal,
    )
    if (signal.aborted) return
    dropUpload(id)
    onEnd({ attached })
    void sendThumbnail(attached, file)
  } catch (failure) {
    if (signal.aborted) return
    put(id, { failure, share: null })
    onEnd({ failure })
  }
}

/** As the service would say after all of it was sent. */
function tooLarge(): RequestFailed {
  return new RequestFailed('invalid', null, null, { code: 'file_too_large' })
}

function put(id: string, change: Partial<Upload>): void {
  uploads.change((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)))
}

/** The browser asks before a page is left that is still sending. */
addEventListener('beforeunload', (event) => {
  if (uploads.get().some(({ failure }) => failure === null)) event.preventDefault()
})
