import type { CallRow } from '#contract/calls.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Call } from '../calls/conversation/call.ts'
import { openSegment } from '../calls/talk/consult.ts'
import type { Trx } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Notifier } from '../ports.ts'
import { deskCallOf } from './desk-call.ts'

export interface CallNewsDeps {
  notifier: Pick<Notifier, 'deskCall' | 'callUpdated'>
  logger: Logger
  staffByExtension: (extension: string) => SessionUser | null
  /** The call that this phone talks on now. */
  callOn: (extension: string) => { id: string; call: Call } | null
  /** The call with this id for as long as it goes on. */
  goingOn: (callId: string) => Call | null
  /** The calls as their rows say now, by id; ids that do not exist are missing. */
  callRows: (callIds: readonly string[]) => Promise<ReadonlyMap<string, CallRow>>
}

/** Calls of one transaction in their newest state. */
type Changed = Map<string, Call>

/** Tells each agent of a call what is theirs now: a call is on a desk only while its person talks. */
export function createCallNews(deps: CallNewsDeps) {
  const { notifier, logger } = deps
  const changedIn = new WeakMap<Trx, Changed>()
  /** News of one transaction after the other: the last word about a person is the newest. */
  let telling = Promise.resolve()

  function callChanged(trx: Trx, callId: string, call: Call): void {
    const known = changedIn.get(trx)
    if (known) return void known.set(callId, call)
    const changed: Changed = new Map([[callId, call]])
    changedIn.set(trx, changed)
    trx.afterCommit(() => {
      telling = telling
        .then(() => tell(changed))
        .catch((error: unknown) => {
          logger.error({ err: error }, 'calls could not be told to their agents')
        })
    })
  }

  /** These calls belong to another ticket from now on. */
  function callsMoved(trx: Trx, callIds: readonly string[]): void {
    for (const id of callIds) {
      const call = deps.goingOn(id)
      if (call !== null) callChanged(trx, id, call)
    }
  }

  async function tell(changed: Changed): Promise<void> {
    const talking = [...everybodyIn(changed)].map(([extension, { id }]) => ({
      extension,
      staffId: id,
      own: callOf(extension, changed),
    }))
    const others = talking.flatMap(({ own }) => own?.id ?? [])
    const rows = await deps.callRows([...new Set([...changed.keys(), ...others])])
    for (const [callId, call] of changed) {
      const row = rows.get(callId)
      const staffIds = [...peopleOf(call).values()].map(({ id }) => id)
      if (row !== undefined && staffIds.length > 0) notifier.callUpdated(staffIds, row)
    }
    for (const { staffId, extension, own } of talking) {
      const row = rows.get(own?.id ?? '')
      const shown = own && row ? deskCallOf(row, own.call, { extension, nameOf }) : null
      notifier.deskCall(staffId, shown)
    }
  }

  function nameOf(extension: string): string | null {
    return deps.staffByExtension(extension)?.displayName ?? null
  }

  function everybodyIn(changed: Changed): Map<string, SessionUser> {
    return new Map([...changed.values()].flatMap((call) => [...peopleOf(call)]))
  }

  function peopleOf(call: Call): Map<string, SessionUser> {
    return new Map(
      call.segments.flatMap(({ extension }) => {
        const person = deps.staffByExtension(extension)
        return person === null ? [] : [[extension, person]]
      }),
    )
  }

  function callOf(extension: string, changed: Changed): { id: string; call: Call } | null {
    for (const [id, call] of changed) if (openSegment(call, extension)) return { id, call }
    const other = deps.callOn(extension)
    return other !== null && changed.has(other.id) ? null : other
  }

  return { callChanged, callsMoved, settled: () => telling }
}
