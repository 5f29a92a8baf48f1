import { expect, it } from 'vitest'
import { audienceOf, audienceOfAll } from './alarm-audience.ts'

const everybody = {
  assigneeId: 'agent',
  leads: ['lead'],
  supervisors: ['boss'],
  administrators: ['chief'],
}

it.each([
  ['half', ['agent']],
  ['most', ['lead']],
  ['due', ['boss']],
  ['management', ['chief']],
  ['minutes_10', ['agent']],
  ['minutes_5', ['lead']],
] as const)('%s is told to %s', (step, people) => {
  expect(audienceOf(step, everybody)).toEqual(people)
})

it.each([
  ['half', { assigneeId: null }, ['lead']],
  ['half', { assigneeId: null, leads: [] }, ['boss']],
  ['most', { leads: [] }, ['boss']],
  ['due', { supervisors: [] }, ['chief']],
  ['management', { administrators: [] }, []],
] as const)('%s goes to the next rung where one is empty: %o', (step, missing, people) => {
  expect(audienceOf(step, { ...everybody, ...missing })).toEqual(people)
})

it('of several alarms everybody is told once', () => {
  expect(audienceOfAll(['half', 'most', 'due'], everybody)).toEqual(['agent', 'lead', 'boss'])
  expect(audienceOfAll(['most', 'due'], { ...everybody, leads: [] })).toEqual(['boss'])
})
