import { z } from 'zod'
import {
  callbackCancel,
  callbackPromise,
  callbackQuery,
  callbackReschedule,
  callbackView,
} from '#contract/callbacks.ts'
import { id, pageOf } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { CallbackService } from './callback-service.ts'
import type { LedgerService } from './ledger-service.ts'

const PEOPLE = ['agent', 'supervisor', 'admin'] as const
const byId = z.object({ id })

/** The promise ledger over HTTP: agents see and change their own promises, supervisors all. */
export function callbackRoutes(callbacks: CallbackService & Pick<LedgerService, 'list'>): Route[] {
  return [
    route({
      method: 'post',
      path: '/tickets/:id/callbacks',
      summary: 'Promise a callback on a ticket (in 30 minutes unless a time is given)',
      access: PEOPLE,
      params: byId,
      body: callbackPromise,
      response: callbackView,
      status: 201,
      handler: ({ user, params, body }) => callbacks.promise(user, params.id, body),
    }),
    route({
      method: 'get',
      path: '/callbacks',
      summary: 'The promise ledger; "open" is scheduled, dialing and failed, soonest due first',
      access: PEOPLE,
      query: callbackQuery,
      response: pageOf(callbackView),
      handler: ({ user, query }) => callbacks.list(user, query),
    }),
    route({
      method: 'patch',
      path: '/callbacks/:id',
      summary: 'Move a promise to another time; a failed one is scheduled again',
      access: PEOPLE,
      params: byId,
      body: callbackReschedule,
      response: callbackView,
      handler: ({ user, params, body }) => callbacks.reschedule(user, params.id, body),
    }),
    route({
      method: 'post',
      path: '/callbacks/:id/dial',
      summary: 'Dial now, once the agent’s phone is free; 503 when no PBX is connected',
      access: PEOPLE,
      params: byId,
      response: callbackView,
      status: 202,
      handler: ({ user, params }) => callbacks.dialNow(user, params.id),
    }),
    route({
      method: 'post',
      path: '/callbacks/:id/cancel',
      summary: 'Give up a promise, with the reason',
      access: PEOPLE,
      params: byId,
      body: callbackCancel,
      response: callbackView,
      handler: ({ user, params, body }) => callbacks.cancel(user, params.id, body.reason),
    }),
  ]
}
