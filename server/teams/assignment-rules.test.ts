import { describe, expect, it } from 'vitest'
import type { Role } from '#contract/staff.ts'
import {
  type Actor,
  type AssignableTicket,
  refusalOfAssignee,
  refusalOfTeam,
  refusalToAssign,
  refusalToHandBack,
  refusalToTake,
} from './assignment-rules.ts'
import { membershipsOf, type StoredTeam } from './team.ts'

const TEAMS: StoredTeam[] = [
  {
    id: 'team-noc',
    kind: 'noc',
    name: 'NOC',
    areas: [],
    active: true,
    version: 1,
    members: [{ staffId: 'noc-lead', isLead: true }],
  },
]

function actor(id: string, role: Role): Actor {
  return { id, role, memberships: membershipsOf({ id, role }, TEAMS) }
}
function aTicket(change: Partial<AssignableTicket> = {}): AssignableTicket {
  const owner = { team: 'noc', teamId: null } as const
  return {
    ...owner,
    status: 'noc_queued',
    isOpen: true,
    isMerged: false,
    assigneeId: null,
    ...change,
  }
}

const noc = actor('noc-1', 'noc')
const lead = actor('noc-lead', 'noc')
const agent = actor('agent-1', 'agent')
const supervisor = actor('sup-1', 'supervisor')
const admin = actor('admin-1', 'admin')

describe('who may take', () => {
  it('members of the owning team, and nobody else', () => {
    expect(refusalToTake(aTicket(), noc)).toBeNull()
    for (const other of [agent, admin, supervisor, actor('kt-1', 'field')]) {
      expect(refusalToTake(aTicket(), other)).toMatchObject({ status: 403, code: 'not_your_team' })
    }
  })

  it('what nobody has; one’s own again', () => {
    const taken = aTicket({ assigneeId: 'noc-2' })
    expect(refusalToTake(taken, noc)).toMatchObject({ status: 409, code: 'has_assignee' })
    expect(refusalToTake(aTicket({ assigneeId: 'noc-1' }), noc)).toBeNull()
  })
})

describe('who may assign', () => {
  it('leads of the owning team, supervisors, and who has it', () => {
    for (const one of [lead, supervisor]) expect(refusalToAssign(aTicket(), one)).toBeNull()
    expect(refusalToAssign(aTicket({ assigneeId: 'noc-1' }), noc)).toBeNull()
    expect(refusalToAssign(aTicket(), noc)).toMatchObject({ status: 403, code: 'not_lead' })
    expect(refusalToAssign(aTicket(), agent)).toMatchObject({ code: 'not_your_team' })
    expect(refusalToAssign(aTicket(), admin)).toMatchObject({ code: 'not_your_team' })
  })

  it('to somebody of that team', () => {
    expect(refusalOfAssignee(aTicket(), noc.memberships)).toBeNull()
    expect(refusalOfAssignee(aTicket(), agent.memberships)).toMatchObject({
      status: 422,
      code: 'not_a_member',
    })
    expect(refusalOfAssignee(aTicket(), null)).toMatchObject({ code: 'no_such_person' })
  })

  it('to another team of the same trade that is at work', () => {
    expect(refusalOfTeam(aTicket(), { kind: 'noc', active: true })).toBeNull()
    expect(refusalOfTeam(aTicket(), { kind: 'noc', active: false })?.code).toBe('no_such_team')
    expect(refusalOfTeam(aTicket(), null)?.code).toBe('no_such_team')
    expect(refusalOfTeam(aTicket(), { kind: 'field', active: true })?.code).toBe(
      'other_kind_of_team',
    )
  })
})

describe('who may give back', () => {
  it('who has it, a lead or a supervisor', () => {
    const taken = aTicket({ assigneeId: 'noc-1' })
    for (const one of [noc, lead, supervisor]) expect(refusalToHandBack(taken, one)).toBeNull()
    const other = refusalToHandBack(taken, actor('noc-2', 'noc'))
    expect(other).toMatchObject({ status: 403, code: 'not_assignee' })
    expect(refusalToHandBack(aTicket(), noc)).toMatchObject({ status: 409, code: 'no_assignee' })
  })
})

it('nothing is done to a ticket that is over or part of another', () => {
  for (const rule of [refusalToTake, refusalToAssign, refusalToHandBack]) {
    const over = aTicket({ isOpen: false, status: 'closed', assigneeId: 'noc-lead' })
    expect(rule(over, lead)).toMatchObject({ status: 409, code: 'ticket_over' })
    const merged = aTicket({ isMerged: true, assigneeId: 'noc-lead' })
    expect(rule(merged, lead)).toMatchObject({ status: 409, code: 'merged' })
  }
})
