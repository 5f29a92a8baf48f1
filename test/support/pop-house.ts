import type { ScreenPop } from '#contract/screen-pop.ts'
import type { Call } from '../../server/calls/conversation/call.ts'
import type { Trx } from '../../server/db/transaction.ts'
import { openTestDatabase, type TestDialect } from './database.ts'
import { aCall } from './domain/a-call.ts'
import { addStaff } from './domain/a-staff.ts'
import { storeCall } from './domain/a-stored-call.ts'
import { openTestHouse } from './house.ts'

/** What `openPopHouse` stores as call-1. */
export const RINGING_CALL = aCall({ status: 'ringing', answeredAt: null, segments: [] })

/** An order to ring: call-1 at this person, unless something else is said of it. */
export function aRing(staffId: string, change: { callId?: string; call?: Call } = {}) {
  return { callId: 'call-1', call: RINGING_CALL, ticketId: null, ...change, staffId }
}

export type PopHouse = Awaited<ReturnType<typeof openPopHouse>>

/** A house with agent-1 to agent-3 and one call, call-1, whose pops the test brings about. */
export async function openPopHouse(dialect: TestDialect) {
  const database = await openTestDatabase(dialect)
  await addStaff(database, 'agent-1', 'agent-2', 'agent-3')
  const house = await openTestHouse(database)
  const { pops, people, workflow, notifier } = house
  await storeCall(database.db, 'call-1', RINGING_CALL)

  /** Resolves when the pops that the work brought about are sent. */
  async function commit(work: (trx: Trx) => Promise<unknown>): Promise<void> {
    await database.transaction(work)
    await pops.idle()
  }

  function ring(staffId: string, call: Call = RINGING_CALL): Promise<void> {
    return commit((trx) => pops.ring(trx, aRing(staffId, { call })))
  }

  /** The fact as the call book states it, through the workflow. */
  function stateAnswer(trx: Trx, staffId: string, call: Call = aCall()): Promise<void> {
    const extension = people.staff.byId(staffId)?.extension ?? ''
    const at = '2026-11-23T02:00:02.000Z'
    const answer = { type: 'call_answered', at, callId: 'call-1', call, extension } as const
    return workflow.onFact(trx, { type: 'calls_answered', answers: [answer] })
  }

  function withdraw(staffId: string | null): Promise<void> {
    return commit((trx) => pops.withdraw(trx, { callId: 'call-1', staffId }))
  }

  /** What was sent to this person, since the notifier was cleared. */
  function sentTo(staffId: string): ScreenPop[] {
    const sent = notifier.of('screenPop').filter(([to]) => to === staffId)
    return sent.map(([, pop]) => pop)
  }

  function stagesSentTo(staffId: string): string[] {
    return sentTo(staffId).map((pop) => `${pop.stage} ${pop.rev}`)
  }

  /** The pops as they are stored. */
  function rows() {
    return database.db.selectFrom('screen_pop').selectAll().orderBy('id').execute()
  }

  async function close(): Promise<void> {
    await pops.stop()
    await database.close()
  }

  const acts = { commit, ring, stateAnswer, withdraw, close }
  return { ...house, ...acts, sentTo, stagesSentTo, rows }
}
