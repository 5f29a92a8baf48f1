import { z } from 'zod'
import {
  draft,
  draftDrop,
  draftKept,
  draftKey,
  draftList,
  draftWrite,
} from '#contract/casework/drafts.ts'
import { type Route, route } from '../http/route.ts'
import type { DraftService } from './draft-service.ts'

const params = z.object({ key: draftKey })
/** Of letters of three bytes each; what is refused for its length is still read. */
const BODY_KB = 256

/** A person's own unsaved words; masked they would come back as words that nobody typed. */
export function draftRoutes(drafts: DraftService): Route[] {
  return [
    route({
      method: 'get',
      path: '/drafts',
      summary: 'Your unsaved words, newest first',
      access: 'signed_in',
      showsNumbers: true,
      response: draftList,
      handler: ({ user }) => drafts.list(user),
    }),
    route({
      method: 'get',
      path: '/drafts/:key',
      summary: 'Your unsaved words of one form',
      access: 'signed_in',
      showsNumbers: true,
      params,
      response: draft,
      handler: ({ user, params: { key } }) => drafts.get(user, key),
    }),
    route({
      method: 'put',
      path: '/drafts/:key',
      summary: 'Keep unsaved words; answers what stands there then, which is newer if somebody was',
      access: 'signed_in',
      showsNumbers: true,
      params,
      body: draftWrite,
      bodyLimitKb: BODY_KB,
      response: draftKept,
      handler: ({ user, params: { key }, body }) => drafts.keep(user, key, body),
    }),
    route({
      method: 'delete',
      path: '/drafts/:key',
      summary: 'They are saved or no longer wanted; what was typed after `until` stays',
      access: 'signed_in',
      params,
      query: draftDrop,
      status: 204,
      handler: ({ user, params: { key }, query }) => drafts.drop(user, key, query),
    }),
  ]
}
