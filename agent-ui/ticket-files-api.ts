import type { Attachment } from '#contract/casework/attachments.ts'
import type { PresenceWord, TicketPresence } from '#contract/casework/presence.ts'
import { addressOf, answerOf, send } from './request.ts'
import { asPerson } from './outbox-api.ts'
import { sendWithProgress } from './send-with-progress.ts'

/** Where a file of a ticket is opened. */
export function fileAddress(id: string): string {
  return addressOf(`/attachments/${encodeURIComponent(id)}`)
}

interface SentFile {
  file: Blob
  name: string
  clientId: string
  /** Whose it is, where it is sent later than it was taken. */
  staffId?: string
}

/** Where its small picture is, if it has one. */
export function thumbnailAddress(id: string): string {
  return `${fileAddress(id)}/thumbnail`
}

/** Requests that are not as others: files go out with progress, presence also while a page is left. */
export const filesApi = {
  attach: async (
    ticketId: string,
    { file, name, clientId, staffId }: SentFile,
    onProgress: (share: number) => void,
    signal?: AbortSignal,
  ) => {
    const address = addressOf(`${pathOf(ticketId)}/attachments`, { name, clientId })
    const headers = staffId === undefined ? {} : asPerson(staffId)
    const sent = sendWithProgress(address, file, { onProgress, signal, headers })
    return answerOf<Attachment>(await sent, address)
  },
  putThumbnail: async (id: string, small: Blob, staffId?: string) => {
    const address = thumbnailAddress(id)
    const type = { 'content-type': 'application/octet-stream' }
    const headers = { ...type, ...(staffId === undefined ? {} : asPerson(staffId)) }
    const sent = fetch(address, { method: 'PUT', headers, body: small }).catch(() => null)
    return answerOf<Attachment>(await sent, address)
  },
  removeFile: (id: string) => send<void>('DELETE', fileAddress(id)),
  sayPresence: (ticketId: string, word: PresenceWord) => {
    const address = addressOf(`${pathOf(ticketId)}/presence`)
    return send<TicketPresence>('POST', address, word, { keepalive: true })
  },
}

function pathOf(ticketId: string): string {
  return `/tickets/${encodeURIComponent(ticketId)}`
}
