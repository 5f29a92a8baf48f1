import type { CallRow } from '#contract/calls.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { Trx } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Notifier } from '../ports.ts'

export interface CallNewsDeps {
  notifier: Pick<Notifier, 'deskCall' | 'callUpdated'>
  logger: Logger
  staffByExtension: (extension: string) => SessionUser | null
  /** The id of the call that this phone talks on now, or null. */
  talkingOn: (extension: string) => string | null
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

  async function tell(changed: Changed): Promise<void> {
    const talking = [...everybodyIn(changed)].map(
      ([extension, { id }]) => [id, callOf(extension, changed)] as const,
    )
    const others = talking.flatMap(([, callId]) => callId ?? [])
    const rows = await deps.callRows([...new Set([...changed.keys(), ...others])])
    for (const [callId, call] of changed) {
      const row = rows.get(callId)
      const staffIds = [...peopleOf(call).values()].map(({ id }) => id)
      if (row !== undefined && staffIds.length > 0) notifier.callUpdated(staffIds, row)
    }
    for (const [staffId, callId] of talking) {
      notifier.deskCall(staffId, rows.get(callId ?? '') ?? null)
    }
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

  function callOf(extension: string, changed: Changed): string | null {
    for (const [callId, { segments }] of changed) {
      const isTalking = segments.some((one) => one.extension === extension && one.endedAt === null)
      if (isTalking) return callId
    }
    const other = deps.talkingOn(extension)
    return other !== null && changed.has(other) ? null : other
  }

  return { callChanged, settled: () => telling }
}
