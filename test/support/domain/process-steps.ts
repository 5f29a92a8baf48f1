import type { ProcessAction } from '#contract/casework/process.ts'
import type { Actor, Case, CaseFacts, Evidence } from '../../../server/process/case.ts'
import { isRefusal, walk, type Walked } from '../../../server/process/walk.ts'
import { aCase, caseFacts } from './a-case.ts'

/** One of each role. */
export const LAN: Actor = { id: 'lan', role: 'agent', leads: [] }
export const NOC: Actor = { id: 'noc', role: 'noc', leads: [] }
export const KT: Actor = { id: 'kt', role: 'field', leads: [] }
export const LEAD: Actor = { id: 'sup', role: 'supervisor', leads: ['cskh', 'noc', 'field'] }
export const ADMIN: Actor = { id: 'admin', role: 'admin', leads: [] }

export type Given = Partial<Case> & { facts?: Partial<CaseFacts> }

/** One step of this ticket, among these facts. */
export function take(actor: Actor | null, given: Given, action: ProcessAction, input: object = {}) {
  const { facts, ...ticket } = given
  return walk(aCase(ticket), action, input, caseFacts({ actor, ...facts }))
}

/** The same, when it must be possible. */
export function walked(...args: Parameters<typeof take>): Walked {
  const result = take(...args)
  if (isRefusal(result)) throw new Error(`refused: ${result.reason}`)
  return result
}

/** How it is refused, why, and for which fields; null when it is not. */
export function refusal(...args: Parameters<typeof take>) {
  const result = take(...args)
  return isRefusal(result) ? [result.refused, result.code, result.fields.map((f) => f.path)] : null
}

/** Effects by name, with their clock. */
export const effectTypes = (result: Walked) =>
  result.effects.map((one) => ('clock' in one ? `${one.type} ${one.clock}` : one.type))

export const call = (at: string): Evidence => ({ at, channel: 'hotline', kind: 'call' })
export const attempt = (at: string): Evidence => ({ at, channel: 'hotline', kind: 'attempt' })
