import type { CallbackView, PromiseFigure } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Query } from '../request.ts'
import { isPlaced, type Standing } from './countdown.ts'

export const PROMISE_STATES = ['open', 'at_risk', 'late', 'failed', 'all'] as const
export type PromiseShown = (typeof PROMISE_STATES)[number]
export const FIGURES_BY = ['agent', 'team', 'day'] as const
export type FiguresBy = (typeof FIGURES_BY)[number]
/** Days up to today. */
export const FIGURE_DAYS = [1, 7, 30] as const

/** What the ledger shows, kept in its address. */
export interface PromiseSearch {
  scope?: 'team'
  state?: PromiseShown
  agent?: string
  by?: FiguresBy
  days?: number
}

export function promiseSearch(search: Record<string, unknown>): PromiseSearch {
  const { agent } = search
  const state = PROMISE_STATES.find((known) => known === search['state'])
  const by = FIGURES_BY.find((known) => known === search['by'])
  const days = FIGURE_DAYS.find((known) => String(known) === String(search['days']))
  return {
    ...(search['scope'] === 'team' ? { scope: 'team' } : {}),
    ...(state ? { state } : {}),
    ...(typeof agent === 'string' && agent !== '' ? { agent } : {}),
    ...(by ? { by } : {}),
    ...(days ? { days } : {}),
  }
}

export function seesAll({ role }: Pick<SessionUser, 'role'>): boolean {
  return role !== 'agent'
}

/** Whose promises are asked for: agents see their own, or those of the team that they are in. */
export function whoseQuery(
  user: Pick<SessionUser, 'role'>,
  { scope, agent }: PromiseSearch,
): Query {
  if (seesAll(user)) return { agent }
  return scope === 'team' ? { team: 'cskh', agent } : { mine: '1' }
}

export function listQuery(user: Pick<SessionUser, 'role'>, search: PromiseSearch): Query {
  const { state = 'open' } = search
  return { ...whoseQuery(user, search), ...(state === 'all' ? {} : { state }) }
}

/** As on the server: whoever keeps or made it, and supervisors. */
export function mayChange(
  user: Pick<SessionUser, 'id' | 'role'>,
  promise: Pick<CallbackView, 'status' | 'assignee' | 'createdBy'> & Standing,
): boolean {
  const { status, assignee, createdBy } = promise
  if (status !== 'scheduled' && status !== 'failed' && !isPlaced(promise)) return false
  return seesAll(user) || [assignee?.id, createdBy].includes(user.id)
}

/** One line of the figures, whatever it is of. */
export function figureId({ agent, team, day }: PromiseFigure): string {
  return day ?? team ?? agent?.id ?? ''
}
