import { z } from 'zod'
import {
  callbackAssign,
  callbackHandOver,
  callbackCancel,
  callbackOutcome,
  callbackPromise,
  callbackQuery,
  callbackReschedule,
  callbackView,
  promiseCounts,
  promiseCountsQuery,
  promiseFigures,
  promiseFiguresQuery,
} from '#contract/callbacks.ts'
import { id, pageOf } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { ConfirmService } from './dialling/confirm-service.ts'
import type { CallbackService } from './callback-service.ts'
import type { HandOverService } from './hand-over-service.ts'
import type { LedgerService } from './ledger-service.ts'
import type { createWordService } from './word/word-service.ts'

const PEOPLE = ['agent', 'supervisor', 'admin'] as const
const byId = z.object({ id })

/** The promise ledger over HTTP: agents see their team's and change their own, supervisors all. */
export function callbackRoutes(
  callbacks: CallbackService &
    ConfirmService &
    Pick<LedgerService, 'list' | 'counts' | 'figures'> &
    Pick<HandOverService, 'assign' | 'assignees' | 'leave'> &
    Pick<ReturnType<typeof createWordService>, 'giveOutcome'>,
): Route[] {
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
      method: 'get',
      path: '/callbacks/counts',
      summary: 'How many open promises there are, and how many of them are at risk, late or failed',
      access: PEOPLE,
      query: promiseCountsQuery,
      response: promiseCounts,
      handler: ({ user, query }) => callbacks.counts(user, query),
    }),
    route({
      method: 'get',
      path: '/callbacks/figures',
      summary: 'Promises kept, late and broken, by agent, team or day',
      access: PEOPLE,
      query: promiseFiguresQuery,
      response: promiseFigures,
      handler: ({ user, query }) => callbacks.figures(user, query),
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
      path: '/callbacks/:id/confirm',
      summary:
        'The agent whose phone was rung says that the customer may be dialled, as key 1 does',
      access: PEOPLE,
      params: byId,
      status: 202,
      response: z.object({}),
      async handler({ user, params }) {
        await callbacks.confirm(user, params.id)
        return {}
      },
    }),
    route({
      method: 'get',
      path: '/callbacks/assignees',
      summary: 'Everybody a promise can be given to: who works here and has a phone',
      access: PEOPLE,
      response: z.object({ items: z.array(z.object({ id, displayName: z.string() })) }),
      handler: async () => ({ items: callbacks.assignees() }),
    }),
    route({
      method: 'post',
      path: '/callbacks/hand-over',
      summary:
        'Leave own promises to the team, or to a lead where nobody of it is there: all or none',
      access: PEOPLE,
      body: callbackHandOver,
      response: z.object({ items: z.array(callbackView) }),
      handler: async ({ user, body }) => ({ items: await callbacks.leave(user, body.ids) }),
    }),
    route({
      method: 'post',
      path: '/callbacks/:id/assign',
      summary: 'Give a promise to somebody else; by its owner or a supervisor',
      access: PEOPLE,
      params: byId,
      body: callbackAssign,
      response: callbackView,
      handler: ({ user, params, body }) => callbacks.assign(user, params.id, body),
    }),
    route({
      method: 'post',
      path: '/callbacks/:id/outcome',
      summary:
        'Say how the last attempt really went and what the customer said of the matter, a step of the ticket; or that no call is needed any more',
      access: PEOPLE,
      params: byId,
      body: callbackOutcome,
      response: callbackView,
      handler: ({ user, params, body }) => callbacks.giveOutcome(user, params.id, body),
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
