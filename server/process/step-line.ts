import type { TimelineFields } from '#contract/tickets.ts'
import type { TicketWalked } from './effect.ts'

/** Which given words are the line's own text: the first that stands there. */
const WORDS = [
  'note',
  'question',
  'answer',
  'conclusion',
  'summary',
  'grounds',
  'resolution',
  'testResult',
]

/**
 * What the timeline says of a step: who, when, from where to where, what was given with it, and what
 * was `found`.
 */
export function lineOfStep(fact: TicketWalked, found: TimelineFields = {}) {
  const { ticketId, actorId, action, from, to, loopNo, input } = fact
  const words = WORDS.find((name) => typeof input[name] === 'string' && input[name] !== '')
  const fields: TimelineFields = { action, from, to, loopNo }
  for (const [name, value] of Object.entries(input)) {
    const isPlain = ['string', 'number', 'boolean'].includes(typeof value)
    // oxlint-disable-next-line no-unsafe-type-assertion -- just looked at
    if (name !== words && isPlain && value !== '') fields[name] = value as string | number | boolean
  }
  const note = words === undefined ? '' : String(input[words])
  const line = { ticketId, actorId, kind: 'moved' as const, note }
  return { ...line, fields: { ...fields, ...found } }
}
