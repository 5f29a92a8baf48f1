import type { Directory } from '#contract/calls.ts'
import type { MemberState, QueuesSnapshot } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import { mostTelling } from '../queues/member-state.ts'

export interface DirectoryDeps {
  /** The live queues as the board shows them. */
  board: () => QueuesSnapshot
  /** Everybody who works here and has a phone, by name. */
  withPhone: () => SessionUser[]
  callOn: (extension: string) => unknown
}

export type DirectoryService = ReturnType<typeof createDirectory>

/** A list to choose from by a few letters, not a register. */
const MOST_PEOPLE = 500

/** To whom a call can be handed, and who is free. */
export function createDirectory(deps: DirectoryDeps) {
  function stateIn(states: ReadonlyMap<string, MemberState[]>, phone: string): MemberState | null {
    // who is in no queue is seen by their call alone
    return deps.callOn(phone) === null ? mostTelling(states.get(phone) ?? []) : 'in_call'
  }

  function list(): Directory {
    const board = deps.board()
    const states = statesOf(board)
    const people = deps.withPhone().flatMap(({ id, displayName, role, extension }) => {
      if (extension === null) return []
      return [{ id, displayName, role, extension, state: stateIn(states, extension) }]
    })
    const byName = Map.groupBy(board.queues, ({ name }) => name)
    return {
      people: people.slice(0, MOST_PEOPLE),
      queues: [...byName].map(([name, queues]) => ({
        name,
        waiting: queues.flatMap(({ waiting }) => waiting).length,
        free: queues.flatMap(({ members }) => members.filter(({ state }) => state === 'ready'))
          .length,
      })),
      pbxs: board.pbx.map(({ pbxId, controlLacks }) => ({ pbxId, lacks: controlLacks ?? null })),
    }
  }

  return { list, phoneState: (phone: string) => stateIn(statesOf(deps.board()), phone) }
}

/** The states of each phone, one of each queue that it is in. */
function statesOf({ queues }: QueuesSnapshot): Map<string, MemberState[]> {
  const members = queues.flatMap((queue) => queue.members)
  const byPhone = Map.groupBy(members, ({ extension }) => extension)
  return new Map([...byPhone].map(([phone, those]) => [phone, those.map(({ state }) => state)]))
}
