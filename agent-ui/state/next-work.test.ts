import { describe, expect, test } from 'vitest'
import { aCallback } from '../test-support/samples.ts'
import { nextWork } from './next-work.ts'
import type { Waiting } from './next-work.ts'

const NOW = Date.parse('2026-11-22T04:00:00.000Z')

function promised(id: string, dueAt: string, change = {}) {
  const ticket = { id: `t-${id}`, code: id, subject: '' }
  return aCallback({ id, status: 'scheduled', dueAt, ticket, ...change })
}

const late = promised('late', '2026-11-22T03:00:00.000Z')
const later = promised('later', '2026-11-22T03:30:00.000Z')
const tomorrow = promised('tomorrow', '2026-11-23T03:30:00.000Z')
const alone = promised('alone', '2026-11-22T02:00:00.000Z', { ticket: null })
const undated = { id: 'undated', code: 'KN-1', dueAt: null }
const dated = { id: 'dated', code: 'KN-2', dueAt: '2026-12-01T00:00:00.000Z' }

function waiting(change: Partial<Waiting>): Waiting {
  return { promises: [], missed: 0, tickets: [], open: new Set(), ...change }
}

describe('what comes next', () => {
  test.each<[string, Partial<Waiting>, ReturnType<typeof nextWork>]>([
    [
      'the promise that is owed longest, before all else',
      { promises: [tomorrow, later, late], missed: 2, tickets: [dated] },
      { kind: 'promise', ticketId: 't-late' },
    ],
    [
      'the next one when its ticket is in hand',
      { promises: [late, later], open: new Set(['t-late']) },
      { kind: 'promise', ticketId: 't-later' },
    ],
    [
      'callers in vain, when no promise is due',
      { promises: [tomorrow, alone], missed: 1, tickets: [dated] },
      { kind: 'missed' },
    ],
    [
      'the own ticket that is due first',
      { tickets: [undated, dated] },
      { kind: 'ticket', ticketId: 'dated' },
    ],
    [
      'an own ticket without a deadline after those',
      { tickets: [undated, dated], open: new Set(['dated']) },
      { kind: 'ticket', ticketId: 'undated' },
    ],
    ['nothing when all is in hand', { tickets: [dated], open: new Set(['dated']) }, null],
  ])('%s', (_, given, next) => {
    expect(nextWork(waiting(given), NOW)).toEqual(next)
  })
})
