import { expect, it } from 'vitest'
import type { Role } from '#contract/staff.ts'
import { refusalToAnswer } from './who-answers.ts'

it.each<[Role, string, boolean]>([
  ['agent', 'guiding', true],
  ['supervisor', 'guiding', true],
  ['agent', 'new', false],
  ['agent', 'noc_diagnosing', false],
  ['agent', 'closed', false],
  ['noc', 'noc_diagnosing', true],
  ['noc', 'noc_verifying', true],
  ['noc', 'guiding', false],
  ['noc', 'noc_queued', false],
])('%s fills in the checklist of a ticket that is %s: %s', (role, status, may) => {
  expect(refusalToAnswer(role, { status, merged_into: null }) === null).toBe(may)
  expect(refusalToAnswer(role, { status, merged_into: 'other' })).toMatch('part of another')
})
