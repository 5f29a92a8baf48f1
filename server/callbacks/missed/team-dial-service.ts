import type { Instant } from '#contract/primitives.ts'
import type { Database } from '../../db/transaction.ts'
import { busyExtensions } from '../attempt-store.ts'
import type { AgentReach, PlannedDial } from '../dialling/dial-decision.ts'
import { pickForTeam } from '../dialling/team-pick.ts'
import type { CallbackRules } from '../policy/callback-rules.ts'
import { mayCallAt } from '../policy/calling-hours.ts'
import type { Heir } from '../policy/promise-heir.ts'
import { listTeamDue } from './team-due-store.ts'

export interface TeamDialDeps {
  database: Database
  /** Everybody who works here and has a phone, by name. */
  heirs: () => Heir[]
  /** Where these people are now; who has no extension or works here no more is left out. */
  reachOf: (staffIds: string[]) => AgentReach[]
  rules: () => Pick<CallbackRules, 'hours'>
}

/** What the look has planned or found busy before the team's turn. */
export interface TakenAlready {
  busyNumbers: readonly string[]
  busyPhones: readonly string[]
  /** Promises that somebody took themselves. */
  except: readonly string[]
}

/** Whose work the team's promises are. */
const TEAM_ROLE = 'agent'

/** Plans the promises that are nobody's: those of missed callers, for whoever is free. */
export function createTeamDials({ database, heirs, reachOf, rules }: TeamDialDeps) {
  /** Whom was picked last comes last; who was never picked since the start has waited longest. */
  const picked = new Map<string, number>()
  let turn = 0

  async function plan(
    now: Instant,
    readyPbxIds: readonly string[],
    { busyNumbers, busyPhones, except }: TakenAlready,
  ): Promise<PlannedDial[]> {
    if (!mayCallAt(rules().hours, now)) return []
    const ids = heirs().flatMap(({ id, role }) => (role === TEAM_ROLE ? [id] : []))
    const limit = ids.length + except.length
    const due = limit === 0 ? [] : await listTeamDue(database.db, now, { busyNumbers, limit })
    const open = due.filter(({ id }) => !except.includes(id))
    if (open.length === 0) return []
    const agents = reachOf(ids).toSorted((a, b) => turnOf(a) - turnOf(b))
    const extensions = agents.map(({ extension }) => extension)
    const dialled = await busyExtensions(database.db, extensions)
    const planned = pickForTeam(open, {
      agents,
      readyPbxIds,
      busyExtensions: [...busyPhones, ...dialled],
      busyNumbers,
    })
    for (const { agent } of planned) picked.set(agent.staffId, ++turn)
    return planned
  }

  function turnOf({ staffId }: AgentReach): number {
    return picked.get(staffId) ?? 0
  }

  return { plan }
}
