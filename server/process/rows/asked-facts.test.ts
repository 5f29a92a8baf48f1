import { expect, it } from 'vitest'
import { ticketStatus } from '#contract/tickets.ts'
import { aCase, caseFacts } from '../../../test/support/domain/a-case.ts'
import type { CaseFacts } from '../case.ts'
import type { Row, Step } from '../row.ts'
import { TRANSITIONS } from '../transitions.ts'
import { ASKED_FOR_OFFERS, ASKED_FOR_STEPS, type AskedFact } from './asked-facts.ts'

const ASKED_BY: Partial<Record<keyof CaseFacts, AskedFact>> = {
  steps: 'steps',
  evidence: 'noted',
  spokeSincePromise: 'promise',
  nocClockRuns: 'noc_clock',
}
const INPUTS = [
  {},
  { result: 'ok', testResult: 'x', note: 'x', reason: 'other', letterDate: '2026-11-23' },
  { result: 'nok', visitAt: '2027-01-01T00:00:00.000Z' },
]

/** What is read of the facts that have to be asked for. */
function readBy(work: (facts: CaseFacts) => void): AskedFact[] {
  const read = new Set<AskedFact>()
  const facts = new Proxy(caseFacts(), {
    get(known, name: keyof CaseFacts) {
      const asked = ASKED_BY[name]
      if (asked !== undefined) read.add(asked)
      return known[name]
    },
  })
  work(facts)
  return [...read]
}

function stepBy(one: Row, ticket: Step['ticket'], facts: CaseFacts): void {
  for (const given of INPUTS) {
    // oxlint-disable-next-line no-unsafe-type-assertion -- what the rows read of it is all optional here
    const input = given as Step['input']
    const step = { ticket, input, facts }
    one.when?.(input, ticket, facts)
    one.guard?.(step)
    if (typeof one.to === 'function') one.to(step)
    one.change?.(step)
    one.effects?.(step)
  }
}

it.each(ticketStatus.options)('in %s no row reads what was not asked for', (status) => {
  for (const kind of ['incident', 'request'] as const) {
    const resultKnownAt = '2026-11-23T02:30:00.000Z'
    const ticket = aCase({ status, kind, resultKnownAt })
    for (const one of TRANSITIONS.filter(({ from }) => from.includes(status))) {
      const offered = readBy((facts) => one.possible?.(ticket, facts))
      expect(ASKED_FOR_OFFERS[status] ?? []).toEqual(expect.arrayContaining(offered))
      const taken = [...offered, ...readBy((facts) => stepBy(one, ticket, facts))]
      expect(ASKED_FOR_STEPS[status] ?? []).toEqual(expect.arrayContaining(taken))
    }
  }
})
