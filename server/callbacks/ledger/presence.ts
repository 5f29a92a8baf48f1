import type { Team } from '#contract/primitives.ts'
import { type AgentReach, isThere } from '../dialling/dial-decision.ts'

/** Who keeps promises and is not there, and the teams of which nobody is. */
export interface Absence {
  staffIds: readonly string[]
  teams: readonly Team[]
}

/** Of these owners; `teamsOf` says in which teams a person is. While no PBX can dial, nobody is there. */
export function absenceOf(
  owners: readonly string[],
  people: readonly AgentReach[],
  { mayDial, teamsOf }: { mayDial: boolean; teamsOf: (staffId: string) => readonly Team[] },
): Absence {
  const present = new Set(mayDial ? people.filter(isThere).map(({ staffId }) => staffId) : [])
  const staffed = new Set([...present].flatMap((staffId) => teamsOf(staffId)))
  return {
    staffIds: owners.filter((owner) => !present.has(owner)),
    teams: (['cskh', 'noc', 'field'] as const).filter((team) => !staffed.has(team)),
  }
}
