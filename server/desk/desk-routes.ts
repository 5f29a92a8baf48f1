import { agentState, agentStateChange, deskSnapshot, wrapUpChange } from '#contract/desk.ts'
import { myDay } from '#contract/supervision/my-day.ts'
import { type Route, route } from '../http/route.ts'
import type { DeskService } from './desk-service.ts'

/** The signed-in person's own desk. */
export function deskRoutes(desk: DeskService): Route[] {
  return [
    route({
      method: 'get',
      path: '/desk',
      summary: 'Everything a page needs at once: own state, call, pops, promises, counts',
      access: 'signed_in',
      response: deskSnapshot,
      handler: ({ user }) => desk.snapshot(user),
    }),
    route({
      method: 'get',
      path: '/desk/my-day',
      summary: 'The own day: calls taken, time at calls and in the queues, promises kept',
      access: 'signed_in',
      response: myDay,
      handler: ({ user }) => desk.myDay(user),
    }),
    route({
      method: 'post',
      path: '/desk/state',
      summary: 'Join, pause or leave the hotline queues; the PBX is made to match',
      access: 'signed_in',
      body: agentStateChange,
      response: agentState,
      handler: ({ user, body }) => desk.setState(user, body),
    }),
    route({
      method: 'post',
      path: '/desk/wrap-up',
      summary: 'A minute more of the rest after the own call, or the end of it',
      access: 'signed_in',
      body: wrapUpChange,
      response: agentState,
      handler: ({ user, body }) => desk.changeWrapUp(user, body),
    }),
  ]
}
