import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import { type PopStage, popStage } from '#contract/screen-pop.ts'
import type { Instant } from '#contract/primitives.ts'
import { inParts, prepared, preparedForRows } from '../db/prepared.ts'
import type { Db, ScreenPopTable, Tables } from '../db/schema.ts'
import { nextStage, type PopCommand, stagesChangedBy } from './screen-pop.ts'

/** One agent's pop of one call. */
export type PopRow = Omit<Selectable<ScreenPopTable>, 'stage'> & { stage: PopStage }

/** More pops at once than this are on nobody's screen. */
const MOST_LIVE_PER_PERSON = 20
const MOST_LIVE = 2000

/** Spelt out as in the index `screen_pop_live`, else neither database can use it. */
const ON_SCREEN = sql.lit<1>(1)

export interface NewPop {
  id: string
  callId: string
  staffId: string
  ticketId: string | null
  at: Instant
}

const ring = upsert('ring', 'ringing')
const answer = upsert('answer', 'answered')

/** Pops of different calls; answers the rows that the command changed, not the late or doubled. */
export async function upsertPops(
  db: Db,
  command: 'ring' | 'answer',
  pops: readonly NewPop[],
): Promise<PopRow[]> {
  const run = command === 'ring' ? ring : answer
  const changed: PopRow[] = []
  for (const part of inParts(pops)) changed.push(...(await run(db, part)).rows.map(toPopRow))
  await putBack(
    db,
    changed.filter(({ on_screen }) => on_screen === null),
  )
  return changed
}

/** Pops that had left their screens and came back: a phone that rings again for the same call. */
async function putBack(db: Db, pops: readonly PopRow[]): Promise<void> {
  for (const part of inParts(pops)) {
    const ids = part.map(({ id }) => id)
    await db.updateTable('screen_pop').set({ on_screen: 1 }).where('id', 'in', ids).execute()
  }
}

/**
 * One statement for new pops and for those that are there: the hot path of an answered call. It leaves
 * `on_screen` of a pop that is there alone, because an index holds it.
 */
function upsert(command: 'ring' | 'answer', stage: PopStage) {
  return preparedForRows((db, pops: NewPop[]) =>
    db
      .insertInto('screen_pop')
      .values(
        pops.map((pop) => ({
          id: pop.id,
          call_id: pop.callId,
          staff_id: pop.staffId,
          stage,
          rev: 1,
          ticket_id: pop.ticketId,
          created_at: pop.at,
          changed_at: pop.at,
          sent_at: null,
          seen_rev: 0,
          seen_at: null,
          on_screen: 1,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['call_id', 'staff_id'])
          .doUpdateSet((eb) => ({
            stage,
            rev: eb('screen_pop.rev', '+', 1),
            ticket_id: eb.fn.coalesce('excluded.ticket_id', 'screen_pop.ticket_id'),
            changed_at: eb.ref('excluded.changed_at'),
          }))
          .where('screen_pop.stage', 'in', stagesChangedBy(command)),
      )
      .returningAll(),
  )
}

/** Withdraws or ends the pops of a call, one person's or everybody's; answers the changed rows. */
export async function closePops(
  db: Db,
  command: 'withdraw' | 'end',
  of: { callId: string; staffId: string | null; at: Instant },
): Promise<PopRow[]> {
  const { callId, staffId, at } = of
  const { rows } =
    staffId === null
      ? await closeAll[command](db, { callId, at })
      : await closeOne[command](db, { callId, staffId, at })
  return rows.map(toPopRow)
}

const closeAll = {
  withdraw: prepared((db, of: OfCall) => closing(db, 'withdraw', of)),
  end: prepared((db, of: OfCall) => closing(db, 'end', of)),
}
const closeOne = {
  withdraw: prepared((db, of: OfCall & { staffId: string }) =>
    closing(db, 'withdraw', of).where('staff_id', '=', of.staffId),
  ),
  end: prepared((db, of: OfCall & { staffId: string }) =>
    closing(db, 'end', of).where('staff_id', '=', of.staffId),
  ),
}

interface OfCall {
  callId: string
  at: Instant
}

function closing(db: Db, command: 'withdraw' | 'end', of: OfCall) {
  return db
    .updateTable('screen_pop')
    .set((eb) => ({
      stage: stageAfter(command),
      rev: eb('rev', '+', 1),
      changed_at: of.at,
      on_screen: null,
    }))
    .where('call_id', '=', of.callId)
    .where('stage', 'in', stagesChangedBy(command))
    .returningAll()
}

/** Gives live pops of a ticket, or with null all, a new revision: what they show has changed. */
export async function touchPops(db: Db, ticketId: string | null, at: Instant): Promise<PopRow[]> {
  const rows = await db
    .updateTable('screen_pop')
    .set((eb) => ({ rev: eb('rev', '+', 1), changed_at: at }))
    .$if(ticketId !== null, (query) => query.where('ticket_id', '=', ticketId))
    .where(isOnScreen)
    .returningAll()
    .execute()
  return rows.map(toPopRow)
}

/** Ends or withdraws these pops, whatever their calls; answers the changed rows. */
export async function endPops(db: Db, ids: readonly string[], at: Instant): Promise<PopRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .updateTable('screen_pop')
    .set((eb) => ({
      stage: stageAfter('end'),
      rev: eb('rev', '+', 1),
      changed_at: at,
      on_screen: null,
    }))
    .where('id', 'in', [...ids])
    .where('stage', 'in', stagesChangedBy('end'))
    .returningAll()
    .execute()
  return rows.map(toPopRow)
}

/** Live pops whose call is over: nobody heard its end, or the pop was not closed with it. */
export async function selectOverPops(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('screen_pop')
    .innerJoin('call', 'call.id', 'screen_pop.call_id')
    .select('screen_pop.id')
    .where('screen_pop.on_screen', '=', ON_SCREEN)
    .where('call.status', '=', 'ended')
    .limit(MOST_LIVE)
    .execute()
  return rows.map(({ id }) => id)
}

export async function selectPops(db: Db, ids: readonly string[]): Promise<PopRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('screen_pop')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(toPopRow)
}

/** The pops of these calls whose newest revision no browser has said it has shown. */
export async function selectUnseenPops(db: Db, callIds: readonly string[]): Promise<PopRow[]> {
  if (callIds.length === 0) return []
  const rows = await db
    .selectFrom('screen_pop')
    .selectAll()
    .where('call_id', 'in', [...callIds])
    .whereRef('seen_rev', '<', 'rev')
    .execute()
  return rows.map(toPopRow)
}

/** What is on this person's screen, oldest first; on everybody's when null. */
export async function selectLivePops(db: Db, staffId: string | null): Promise<PopRow[]> {
  const rows = await db
    .selectFrom('screen_pop')
    .selectAll()
    .where(isOnScreen)
    .$if(staffId !== null, (query) => query.where('staff_id', '=', staffId ?? ''))
    .orderBy('created_at')
    .orderBy('id')
    .limit(staffId === null ? MOST_LIVE : MOST_LIVE_PER_PERSON)
    .execute()
  return rows.map(toPopRow)
}

export interface Receipt {
  id: string
  staffId: string
  rev: number
  sentAt: Instant | null
}

/** Notes what browsers have shown; only for the person's own pop and a revision that exists. */
export async function saveReceipts(
  db: Db,
  receipts: readonly Receipt[],
  at: Instant,
): Promise<void> {
  if (receipts.length === 0) return
  // Null, and so true of no row, where the pop is another person's.
  const byPop = (value: (receipt: Receipt) => string | number | null) => {
    const branches = receipts.map(
      (receipt) =>
        sql`when id = ${receipt.id} and staff_id = ${receipt.staffId} then ${value(receipt)}`,
    )
    return sql`case ${sql.join(branches, sql` `)} end`
  }
  const rev = sql<number>`cast(${byPop((receipt) => receipt.rev)} as integer)`
  await db
    .updateTable('screen_pop')
    .set((eb) => ({
      seen_rev: rev,
      seen_at: at,
      sent_at: eb.fn.coalesce(sql<string>`${byPop((receipt) => receipt.sentAt)}`, 'sent_at'),
    }))
    .where(
      'id',
      'in',
      receipts.map((receipt) => receipt.id),
    )
    .where('seen_rev', '<', rev)
    .where('rev', '>=', rev)
    .execute()
}

/** Notes that these were sent and nobody has answered yet. */
export async function saveSent(db: Db, ids: readonly string[], at: Instant): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('screen_pop')
    .set({ sent_at: at })
    .where('id', 'in', [...ids])
    .execute()
}

export function isOnScreen(eb: ExpressionBuilder<Tables, 'screen_pop'>) {
  return eb('on_screen', '=', ON_SCREEN)
}

/** The stage that follows by the table of transitions; rows of other stages are never asked. */
function stageAfter(command: PopCommand) {
  const branches = stagesChangedBy(command).map(
    (stage) => sql`when ${stage} then ${nextStage(stage, command) ?? stage}`,
  )
  return sql<string>`case stage ${sql.join(branches, sql` `)} end`
}

export function toPopRow(row: Selectable<ScreenPopTable>): PopRow {
  return { ...row, stage: popStage.parse(row.stage) }
}
