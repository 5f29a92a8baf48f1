import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../../db/transaction.ts'
import { Conflict, Forbidden, NotFound } from '../../errors.ts'
import type { Telephony } from '../../ports.ts'
import { listLiveAttempts } from '../attempt-store.ts'
import { findCallback } from '../callback-store.ts'

export interface ConfirmDeps {
  database: Database
  telephony: Pick<Telephony, 'confirmCallback'>
}

export type ConfirmService = ReturnType<typeof createConfirmService>

/** The agent's word in the page that their phone was answered by themselves. */
export function createConfirmService({ database, telephony }: ConfirmDeps) {
  /**
   * Lets the customer be dialled, as key 1 on the phone does. Throws NotFound, Forbidden for somebody
   * else's promise, Conflict when no phone waits for it; as `Telephony.confirmCallback` does when the
   * PBX cannot be asked.
   */
  async function confirm(user: SessionUser, id: string): Promise<void> {
    const callback = await findCallback(database.db, id)
    if (callback === null) throw new NotFound('callback', id)
    if (callback.assigneeId !== user.id) {
      throw new Forbidden('the phone that was rung is another person’s', 'not_your_promise')
    }
    const [live] = await listLiveAttempts(database.db, [id])
    if (live?.stage !== 'confirming') {
      throw new Conflict('no phone waits for a confirmation of this promise', 'not_waiting')
    }
    await telephony.confirmCallback(live.pbxId, live.channelId)
  }

  return { confirm }
}
