import { expect, test } from 'vitest'
import {
  DIALPLAN_NEEDED,
  dialplanProblem,
  doubledProblem,
  readDialplanVersion,
  steeringProblem,
} from './dialplan-version.ts'

test.each([
  ['2', 2],
  ['', 1],
  ['soon', 1],
  [null, null],
])('the PBX answers %j: version %j', (answer, version) => {
  expect(readDialplanVersion(answer)).toBe(version)
})

test('a dialplan that is as new as needed, or newer, is no problem', () => {
  expect([DIALPLAN_NEEDED, DIALPLAN_NEEDED + 1].map(dialplanProblem)).toEqual([null, null])
})

test('one that is too old or cannot be asked is named, with what is off', () => {
  expect(dialplanProblem(1)).toMatch(/version 1, so promises are not dialled: copy/)
  expect(dialplanProblem(null)).toMatch(/cannot be read, so promises are not dialled/)
})

test('two answers of one agent ring a customer once from the tenth version on', () => {
  expect(doubledProblem(10)).toBeNull()
  expect(doubledProblem(9)).toMatch(/customer twice.*version 10/)
  expect(doubledProblem(null)).not.toBeNull()
})

test('supervisors steer from the ninth version on', () => {
  expect(steeringProblem(11)).toBeNull()
  expect(steeringProblem(10)).toMatch(/lets no supervisor listen to calls.*version 11/)
  expect(steeringProblem(null)).not.toBeNull()
})
