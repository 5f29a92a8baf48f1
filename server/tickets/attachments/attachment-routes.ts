import { z } from 'zod'
import { attachment, attachmentQuery, shownImage } from '#contract/casework/attachments.ts'
import { id } from '#contract/primitives.ts'
import { FileAnswer } from '../../http/file-answer.ts'
import { type Route, route } from '../../http/route.ts'
import { maskText, seesNumbers } from '../../teams/masked-number.ts'
import type { AttachmentService } from './attachment-service.ts'
import { disposition } from './file-name.ts'
import type { ThumbnailService } from './thumbnail-service.ts'

const params = z.object({ id })

/** Of a small picture; what is above its own limit is still read and refused in words. */
const THUMBNAIL_MB = 1 / 16

export function attachmentRoutes(
  files: AttachmentService,
  thumbnails: ThumbnailService,
  limitMb: number,
): Route[] {
  return [
    ...thumbnailRoutes(thumbnails),
    route({
      method: 'post',
      path: '/tickets/:id/attachments',
      summary:
        'Attach a file: its bytes are the body, its name is in the query. With the same clientId it is attached once',
      access: 'signed_in',
      params,
      query: attachmentQuery,
      stream: { type: 'application/octet-stream', limitMb },
      response: attachment,
      status: 201,
      handler: ({ params: { id: ticketId }, query, pieces, user }) =>
        files.add(ticketId, query, pieces, user),
    }),
    route({
      method: 'get',
      path: '/attachments/:id',
      summary: 'A file of a ticket; pictures may be shown, all others are only saved',
      access: 'signed_in',
      params,
      sendsFile: true,
      async handler({ params: { id: fileId }, user }) {
        const { type, size, name, open } = await files.get(fileId, user)
        const shownName = seesNumbers(user.role) ? name : maskText(name)
        const kind = shownImage.safeParse(type).success ? 'inline' : 'attachment'
        const header = disposition(kind, shownName)
        return new FileAnswer({ type, size, disposition: header, tag: fileId, open })
      },
    }),
    route({
      method: 'delete',
      path: '/attachments/:id',
      summary: 'Remove a file for good: its author within the hour, or a supervisor; audited',
      access: 'signed_in',
      params,
      status: 204,
      handler: ({ params: { id: fileId }, user }) => files.remove(fileId, user),
    }),
  ]
}

function thumbnailRoutes(thumbnails: ThumbnailService): Route[] {
  return [
    route({
      method: 'put',
      path: '/attachments/:id/thumbnail',
      summary: 'The small picture of a picture that was just attached, by who attached it',
      access: 'signed_in',
      params,
      raw: { type: 'application/octet-stream', limitMb: THUMBNAIL_MB },
      response: attachment,
      handler: ({ params: { id: fileId }, bytes, user }) => thumbnails.put(fileId, bytes, user),
    }),
    route({
      method: 'get',
      path: '/attachments/:id/thumbnail',
      summary: 'The small picture of an attached one, where there is one',
      access: 'signed_in',
      params,
      sendsFile: true,
      async handler({ params: { id: fileId }, user }) {
        const { type, size, name, open } = await thumbnails.get(fileId, user)
        const shownName = seesNumbers(user.role) ? name : maskText(name)
        const header = disposition('inline', shownName)
        return new FileAnswer({ type, size, disposition: header, tag: `${fileId}-small`, open })
      },
    }),
  ]
}
