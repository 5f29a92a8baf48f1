import { expect, test } from 'vitest'
import type { Ticket } from '#contract/tickets.ts'
import { aCallback, aTicket, anOffer } from '../test-support/samples.ts'
import { composerTabs, handOvers, openPromise } from './composer.ts'

const EVERYTHING: Partial<Ticket> = {
  status: 'customer_reply',
  permissions: ['edit', 'promise_callback', 'note_reply'],
  actions: [anOffer({ action: 'skip_guidance' }), anOffer({ action: 'cancel' })],
}

test.each<[string, Partial<Ticket>, readonly string[]]>([
  ['all that is allowed', {}, ['note', 'promise', 'reply', 'hand']],
  ['a note by everybody', { permissions: [], actions: [] }, ['note']],
  [
    'one promise at a time',
    { callbacks: [aCallback({ status: 'scheduled' })] },
    ['note', 'reply', 'hand'],
  ],
  [
    'a promise after one that is over',
    { callbacks: [aCallback({ status: 'done' })] },
    ['note', 'promise', 'reply', 'hand'],
  ],
  [
    'no answer while nobody waits for one',
    { status: 'guiding', evidence: [] },
    ['note', 'promise', 'hand'],
  ],
])('offers %s', (_what, of, tabs) => {
  expect(composerTabs(aTicket({ ...EVERYTHING, ...of }))).toEqual(tabs)
})

test('the step that leads on is not among those that hand on', () => {
  const main = anOffer({ action: 'need_field', main: true })
  const aside = anOffer({ action: 'recheck_technical' })
  expect(handOvers({ actions: [main, aside, anOffer({ action: 'close' })] })).toEqual([aside])
})

test('a promise that is being dialled is still open', () => {
  const dialled = aCallback({ status: 'dialing' })
  expect(openPromise({ callbacks: [aCallback({ status: 'failed' }), dialled] })).toBe(dialled)
  expect(openPromise({ callbacks: [] })).toBeNull()
})
