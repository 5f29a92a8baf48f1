import { expect, test } from 'vitest'
import { isToBeTaken, type StandIn, standInFor, type Whereabouts } from './stand-in.ts'

const person = (id: string, given: Partial<StandIn> = {}): StandIn => {
  return { id, displayName: id, role: 'agent', isLead: false, ...given }
}
const mai = person('mai')
const lan = person('lan')
const lead = person('lead', { isLead: true })
const boss = person('boss', { role: 'supervisor' })

test.each<[string, StandIn[], string | null, Record<string, number>, string | null]>([
  ['who holds the ticket', [lan, mai, lead], 'mai', { mai: 9 }, 'mai'],
  ['else who has the fewest promises', [lan, mai, lead], 'gone', { lan: 2, mai: 1 }, 'mai'],
  ['a lead only when no agent of the team is there', [lead, boss], null, { lead: 5 }, 'lead'],
  ['a lead before the team only by nobody’s holding', [lead, lan], 'lead', { lan: 9 }, 'lan'],
  ['a supervisor with a phone at last', [boss], null, {}, 'boss'],
  ['nobody', [], 'mai', {}, null],
])('the promise of an absent owner goes to %s', (_who, there, holder, open, heir) => {
  expect(standInFor(there, holder, new Map(Object.entries(open)))?.id ?? null).toBe(heir)
})

const MINUTE_MS = 60_000

test.each<[Whereabouts, number | null]>([
  ['there', null],
  ['paused', 2],
  ['gone', 5],
])('an owner who is %s keeps it until so many minutes before: %s', (owner, minutes) => {
  for (const left of [5 * MINUTE_MS + 1, 5 * MINUTE_MS, 2 * MINUTE_MS + 1, 2 * MINUTE_MS, -1]) {
    expect(isToBeTaken(owner, left)).toBe(minutes !== null && left <= minutes * MINUTE_MS)
  }
})
