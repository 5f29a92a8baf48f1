import { expect, test } from 'vitest'
import { aView } from '../test-support/samples.ts'
import { keptSearch, namedView, nextView, shownView } from './saved-views.ts'

const late = aView({ id: 'late', name: 'Quá hạn', search: { scope: 'overdue' } })
const noc = aView({ id: 'noc', name: 'NOC', search: { team: 'noc', sort: '-due' }, team: 'noc' })

test('an address is kept as text, in one order, without what says nothing', () => {
  expect(keptSearch({ team: 'noc', q: undefined, days: 7, area: '' })).toEqual({
    days: '7',
    team: 'noc',
  })
})

test.each([
  [{ sort: '-due', team: 'noc' }, 'noc'],
  [{ scope: 'overdue' }, 'late'],
  [{ scope: 'overdue', q: 'los' }, undefined],
  [{}, undefined],
] as const)('%j shows the view %s', (search, id) => {
  expect(shownView([late, noc], search)?.id).toBe(id)
})

test('of a shared view and an own one with the same filters the own one is shown', () => {
  const shared = { ...late, id: 'shared', team: 'cskh' as const }
  expect(shownView([shared, late], { scope: 'overdue' })?.id).toBe('late')
})

test('a name finds the view that it would change, own or shared as it is to be kept', () => {
  const views = [late, noc]
  expect(namedView(views, { name: ' quá HẠN ', team: null })?.id).toBe('late')
  expect(namedView(views, { name: 'NOC', team: null })).toBeUndefined()
  expect(namedView(views, { name: 'NOC', team: 'noc' })?.id).toBe('noc')
  expect(namedView([{ ...noc, mayChange: false }], { name: 'NOC', team: 'noc' })).toBeUndefined()
})

test('the next view comes round', () => {
  expect(nextView([late, noc], undefined)?.id).toBe('late')
  expect(nextView([late, noc], late)?.id).toBe('noc')
  expect(nextView([late, noc], noc)?.id).toBe('late')
  expect(nextView([], undefined)).toBeUndefined()
})
