import { describe, expect, it } from 'vitest'
import { ROLES } from '#contract/staff.ts'
import {
  fieldTeamFor,
  fitsTeam,
  isDefaultTeam,
  isOwnWork,
  leadsWork,
  membershipsOf,
  type StoredTeam,
} from './team.ts'

function aTeam(id: string, change: Partial<StoredTeam> = {}): StoredTeam {
  return {
    id,
    kind: 'field',
    name: id,
    areas: [],
    active: true,
    version: 1,
    members: [],
    ...change,
  }
}
const member = (staffId: string, isLead = false) => ({ staffId, isLead })

describe('who is in which team', () => {
  it.each(ROLES)('a %s without a team is in the default team of the role', (role) => {
    const kinds = membershipsOf({ id: 'x', role }, []).map(({ teamId, isLead }) => [teamId, isLead])
    const expected = {
      agent: [['team-cskh', false]],
      supervisor: [['team-cskh', true]],
      noc: [['team-noc', false]],
      field: [['team-field', false]],
      admin: [],
    }
    expect(kinds).toEqual(expected[role])
  })

  it('who is named in teams is in these alone', () => {
    const teams = [
      aTeam('kt-1', { members: [member('x', true)] }),
      aTeam('kt-2', { members: [member('x')] }),
      aTeam('team-field'),
    ]
    expect(membershipsOf({ id: 'x', role: 'field' }, teams)).toEqual([
      { teamId: 'kt-1', kind: 'field', isLead: true },
      { teamId: 'kt-2', kind: 'field', isLead: false },
    ])
  })

  it('a team that is closed or that the role fits no more does not count', () => {
    const teams = [
      aTeam('kt-1', { active: false, members: [member('x')] }),
      aTeam('noc-2', { kind: 'noc', members: [member('x', true)] }),
    ]
    expect(membershipsOf({ id: 'x', role: 'field' }, teams)).toMatchObject([
      { teamId: 'team-field', isLead: false },
    ])
  })

  it('supervisors fit everywhere, administrators nowhere', () => {
    expect(fitsTeam('supervisor', 'noc')).toBe(true)
    expect(fitsTeam('noc', 'noc')).toBe(true)
    expect(fitsTeam('agent', 'noc')).toBe(false)
    expect(fitsTeam('admin', 'cskh')).toBe(false)
    expect(isDefaultTeam('team-noc') && !isDefaultTeam('kt-1')).toBe(true)
  })
})

describe('whose work it is', () => {
  const own = [{ teamId: 'kt-1', kind: 'field' as const, isLead: true }]

  it('that of none of several teams is everybody’s of the trade', () => {
    expect(isOwnWork(own, { team: 'field', teamId: null })).toBe(true)
    expect(isOwnWork(own, { team: 'field', teamId: 'kt-1' })).toBe(true)
    expect(isOwnWork(own, { team: 'field', teamId: 'kt-2' })).toBe(false)
    expect(isOwnWork(own, { team: 'noc', teamId: null })).toBe(false)
  })

  it('a lead leads the own team, a supervisor every one', () => {
    const person = { id: 'x', role: 'field' } as const
    expect(leadsWork(person, own, { team: 'field', teamId: 'kt-1' })).toBe(true)
    expect(leadsWork(person, own, { team: 'field', teamId: 'kt-2' })).toBe(false)
    const supervisor = { id: 's', role: 'supervisor' } as const
    expect(leadsWork(supervisor, [], { team: 'noc', teamId: 'noc-2' })).toBe(true)
  })
})

describe('the field team of an area', () => {
  const teams = [
    aTeam('kt-b', { name: 'B', areas: ['Cầu Giấy', 'Đống Đa'] }),
    aTeam('kt-a', { name: 'A', areas: ['cầu giấy'] }),
    aTeam('kt-c', { name: 'C', areas: ['Hà Đông'], active: false }),
    aTeam('noc-1', { kind: 'noc', areas: ['Ba Đình'] }),
  ]

  it('is found whatever the accents, the first by name of several', () => {
    expect(fieldTeamFor('dong da', teams)).toBe('kt-b')
    expect(fieldTeamFor(' CẦU GIẤY ', teams)).toBe('kt-a')
  })

  it('is none where no field team at work names the area', () => {
    for (const area of [null, '', 'Hà Đông', 'Ba Đình', 'Giấy']) {
      expect(fieldTeamFor(area, teams)).toBeNull()
    }
  })
})
