import type { Tape } from '../../server/ami/tape.ts'
import type { Database } from '../../server/db/transaction.ts'
import { storeTicket } from '../support/domain/a-stored-ticket.ts'

/** The ChannelId of the callback on this tape; null when it has none. */
export function callbackChannel(tape: Tape): string | null {
  for (const line of tape.lines) {
    const uniqueid = 'event' in line ? line.event['Uniqueid'] : undefined
    if (typeof uniqueid === 'string' && uniqueid.startsWith('cb-')) return uniqueid
  }
  return null
}

/** The promise that the tape's callback keeps, as the dialler leaves it before Originate. */
export async function storePromise(
  database: Database,
  pbxId: string,
  channelId: string,
  at: string,
): Promise<void> {
  const staff = await database.db
    .selectFrom('staff')
    .select('id')
    .where('extension', '=', '101')
    .executeTakeFirstOrThrow()
  const stamps = { created_at: at, updated_at: at, version: 1 }
  const ticketId = `ticket-${pbxId}`
  await database.transaction(async ({ db }) => {
    await storeTicket(db, ticketId, {
      ...stamps,
      code: `KN-TAPE-${pbxId}`,
      number_raw: '0912345678',
      number_key: '+84912345678',
      assignee_id: staff.id,
      received_at: at,
    })
    await db
      .insertInto('callback')
      .values({
        ...stamps,
        id: `callback-${pbxId}`,
        ticket_id: ticketId,
        number_raw: '0912345678',
        number_dial: '0912345678',
        due_at: at,
        promised_for: at,
        reason: 'guidance',
        team: 'cskh',
        status: 'dialing',
        note: '',
        assignee_id: staff.id,
        waiting_for: null,
        attempts: 1,
        lease_until: new Date(Date.parse(at) + 600_000).toISOString(),
        cancel_reason: null,
        created_by: staff.id,
      })
      .execute()
    await db
      .insertInto('callback_attempt')
      .values({
        id: `attempt-${pbxId}`,
        callback_id: `callback-${pbxId}`,
        number: 1,
        pbx_id: pbxId,
        channel_id: channelId,
        extension: '101',
        stage: 'submitted',
        outcome: null,
        hangup_cause: null,
        submitted_at: at,
        ended_at: null,
        call_id: null,
      })
      .execute()
  })
}
