import { expect, it, test } from 'vitest'
import {
  askedToCome,
  type Help,
  newHelp,
  nextHelp,
  toHelp,
  toHelpRow,
  toHelpView,
  whyNot,
} from './help.ts'

const NOW = '2026-11-23T02:00:00.000Z'
const LATER = '2026-11-23T02:05:00.000Z'
const ASKED = newHelp({ id: 'h1', staffId: 'mai', callId: 'c1', ticketId: 't1' }, NOW)
const taken = (by: string) => ({ type: 'taken', by, at: LATER }) as const
const ended = { type: 'ended', end: 'withdrawn', at: LATER } as const
const OVER = nextHelp(ASKED, ended)

it('lasts half an hour at the longest', () => {
  expect(ASKED).toMatchObject({
    askedAt: NOW,
    expiresAt: '2026-11-23T02:30:00.000Z',
    endedAt: null,
  })
})

test.each<[string, Help, ReturnType<typeof taken>, string | undefined]>([
  ['who asks is taken', ASKED, taken('chief'), undefined],
  ['twice by the same is once', nextHelp(ASKED, taken('chief')), taken('chief'), undefined],
  ['by another', nextHelp(ASKED, taken('chief')), taken('other'), 'help_taken'],
  ['that is over', OVER, taken('chief'), 'help_over'],
  ['whose time is over', { ...ASKED, expiresAt: LATER }, taken('chief'), 'help_over'],
])('%s', (_, help, move, code) => {
  expect(whyNot(help, move)?.code).toBe(code)
})

it('is taken by the first, and goes on until it is ended', () => {
  const coming = nextHelp(ASKED, taken('chief'))
  expect(coming).toMatchObject({ takenBy: 'chief', takenAt: LATER, endedAt: null })
  expect(nextHelp(coming, taken('other'))).toBe(coming)
  expect(nextHelp(coming, ended)).toMatchObject({ takenBy: 'chief', end: 'withdrawn' })
})

it('is told to the supervisors who are here, and to administrators only where there is none', () => {
  const [mai, chief, admin] = [{ role: 'agent' }, { role: 'supervisor' }, { role: 'admin' }]
  expect(askedToCome([mai, admin, chief])).toEqual([chief])
  expect(askedToCome([mai, admin])).toEqual([admin])
  expect(askedToCome([mai])).toEqual([])
})

it('is ended once', () => {
  expect(nextHelp(OVER, { type: 'ended', end: 'expired', at: LATER })).toBe(OVER)
  expect(whyNot(OVER, ended)).toBeNull()
})

it('is read as it was written', () => {
  expect(toHelp(toHelpRow(OVER))).toEqual(OVER)
  expect(() => toHelp({ ...toHelpRow(OVER), end_reason: 'bored' })).toThrow('Invalid option')
})

it('is shown with people and the ticket by name', () => {
  const mai = { id: 'mai', displayName: 'Mai', extension: '101' }
  const chief = { id: 'chief', displayName: 'Trưởng ca', extension: null }
  const personOf = (id: string) => [mai, chief].find((one) => one.id === id) ?? null
  const view = toHelpView(nextHelp(ASKED, taken('chief')), { personOf, codeOf: () => 'KN-1' })
  expect(view).toMatchObject({
    agent: mai,
    ticket: { id: 't1', code: 'KN-1' },
    takenBy: { id: 'chief', displayName: 'Trưởng ca' },
  })
  expect(toHelpView(ASKED, { personOf, codeOf: () => undefined }).ticket).toBeNull()
})
