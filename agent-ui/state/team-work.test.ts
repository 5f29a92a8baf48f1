import { describe, expect, test } from 'vitest'
import type { TeamView } from '#contract/casework/teams.ts'
import { aTicket, aUser } from '../test-support/samples.ts'
import { leads, teamsOf, workSearch, workVerbs } from './team-work.ts'

function aTeam(change: Partial<TeamView>): TeamView {
  return {
    id: 'team-1',
    kind: 'noc',
    name: 'NOC',
    areas: [],
    active: true,
    isDefault: false,
    members: [],
    version: 1,
    ...change,
  }
}

function ids(list: readonly TeamView[]): string[] {
  return list.map(({ id }) => id)
}

function person(id: string) {
  return { id, displayName: id }
}

const me = { id: 'noc-1', role: 'noc' } as const
const member = { id: 'noc-1', displayName: 'An', isLead: false, signedIn: true }

describe('whose work a person sees', () => {
  const teams = [
    aTeam({ id: 'a', members: [member] }),
    aTeam({ id: 'b', isDefault: true }),
    aTeam({ id: 'c', kind: 'field', isDefault: true }),
    aTeam({ id: 'd', active: false, members: [member] }),
  ]

  test('is that of the teams they are in, else of the default one of their role', () => {
    expect(ids(teamsOf(me, teams))).toEqual(['a'])
    expect(ids(teamsOf({ id: 'noc-2', role: 'noc' }, teams))).toEqual(['b'])
  })

  test('is that of all teams for supervisors', () => {
    expect(ids(teamsOf(aUser({ role: 'supervisor' }), teams))).toEqual(['a', 'b', 'c'])
  })
})

test('who leads is a flag of the membership; supervisors stand in', () => {
  const team = aTeam({ members: [{ ...member, isLead: true }] })
  expect(leads(me, team)).toBe(true)
  expect(leads({ id: 'noc-2', role: 'noc' }, team)).toBe(false)
  expect(leads(aUser({ role: 'supervisor' }), team)).toBe(true)
})

describe('what may be done to a row', () => {
  test.each([
    ['waits for NOC', { status: 'noc_queued', assignee: null }, false, ['accept']],
    [
      'waits, given to me',
      { status: 'noc_queued', assignee: person('noc-1') },
      false,
      ['accept', 'hand_back'],
    ],
    ['is nobody’s at a later stage', { status: 'noc_diagnosing', assignee: null }, false, ['take']],
    ['is a colleague’s', { status: 'noc_diagnosing', assignee: person('noc-2') }, false, []],
    [
      'is a colleague’s, for their lead',
      { status: 'noc_diagnosing', assignee: person('noc-2') },
      true,
      ['assign', 'hand_back'],
    ],
  ] as const)('that %s', (_, change, isLead, verbs) => {
    expect(workVerbs(aTicket({ team: 'noc', ...change }), me, isLead)).toEqual([...verbs])
  })

  test('of another kind of team is nothing but for leads', () => {
    expect(workVerbs(aTicket({ team: 'field', status: 'field_queued' }), me, false)).toEqual([])
  })
})

test('an address that means no stage shows all', () => {
  expect(workSearch({ stage: 'noc_queued', team: 't' })).toEqual({
    stage: 'noc_queued',
    team: 't',
  })
  expect(workSearch({ stage: 'x', team: 5 })).toEqual({})
})
