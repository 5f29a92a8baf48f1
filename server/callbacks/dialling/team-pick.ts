import { type AgentReach, canBeRung, choosePbx, type PlannedDial } from './dial-decision.ts'

/** A due promise that whoever of the team is free dials. */
export interface TeamPromise {
  id: string
  dueAt: string
  /** What is dialled: national digits. */
  number: string
}

export interface TeamSituation {
  /** The people of the team, who has waited longest first. */
  agents: readonly AgentReach[]
  readyPbxIds: readonly string[]
  /** Phones that an attempt has already, or is planned for. */
  busyExtensions: readonly string[]
  /** Customers who talk to us, wait for us, are being called back or are about to be. */
  busyNumbers: readonly string[]
}

/**
 * Who of the team is rung for which of its promises: the oldest promise goes to who has waited
 * longest. One per phone and per customer, so that never more are in flight than people are free.
 */
export function pickForTeam(
  due: readonly TeamPromise[],
  { agents, readyPbxIds, busyExtensions, busyNumbers }: TeamSituation,
): PlannedDial[] {
  const takenNumbers = new Set(busyNumbers)
  const free = agents.flatMap((agent) => {
    if (busyExtensions.includes(agent.extension) || !canBeRung(agent, false)) return []
    const pbxId = choosePbx(agent, readyPbxIds)
    return pbxId === null ? [] : [{ agent, pbxId }]
  })
  const planned: PlannedDial[] = []
  for (const { id: callbackId, number } of due.toSorted(byDue)) {
    if (takenNumbers.has(number)) continue
    const next = free.shift()
    if (next === undefined) break
    takenNumbers.add(number)
    planned.push({ callbackId, ...next, isTeams: true })
  }
  return planned
}

function byDue(a: TeamPromise, b: TeamPromise): number {
  return `${a.dueAt} ${a.id}`.localeCompare(`${b.dueAt} ${b.id}`)
}
