import type { Instant } from '#contract/primitives.ts'
import type { TimelineEntry, TimelineFields } from '#contract/tickets.ts'
import { inParts, preparedForRows } from '../db/prepared.ts'
import type { Db } from '../db/schema.ts'
import { parseFields, type StoredTimeline } from './ticket-record.ts'

const LONGEST_TIMELINE = 500

/** One line of a ticket's timeline, before it is stored. */
export interface TimelineNote {
  ticketId: string
  /** Null when the service itself did it. */
  actorId: string | null
  kind: TimelineEntry['kind']
  note: string
  fields: TimelineFields
}

const insertLines = preparedForRows((db, rows: StoredTimeline[]) =>
  db.insertInto('ticket_timeline').values(rows),
)

/** Writes lines in the caller's transaction. */
export async function addLines(
  db: Db,
  lines: readonly (TimelineNote & { id: string; at: Instant })[],
): Promise<void> {
  const rows = lines.map(({ id, at, ticketId, actorId, kind, note, fields }) => {
    const row = { id, at, ticket_id: ticketId, actor_id: actorId, kind, note }
    return { ...row, fields: JSON.stringify(fields) }
  })
  for (const part of inParts(rows)) await insertLines(db, part)
}

/** Of one ticket, or of several as one; newest last. */
export async function selectTimeline(db: Db, ...ticketIds: string[]): Promise<StoredTimeline[]> {
  const rows = await db
    .selectFrom('ticket_timeline')
    .selectAll()
    .where('ticket_id', 'in', ticketIds)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LONGEST_TIMELINE)
    .execute()
  return rows.toReversed()
}

/** One line of a ticket; undefined when there is none of this id. */
export async function selectLine(
  db: Db,
  { ticketId, id }: { ticketId: string; id: string },
): Promise<StoredTimeline | undefined> {
  return db
    .selectFrom('ticket_timeline')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Takes the words of a note away; the line stays. */
export async function withdrawNote(
  db: Db,
  { ticketId, id }: { ticketId: string; id: string },
): Promise<void> {
  await db
    .updateTable('ticket_timeline')
    .set({ kind: 'note_withdrawn' satisfies TimelineEntry['kind'], note: '' })
    .where('ticket_id', '=', ticketId)
    .where('id', '=', id)
    .execute()
}

/** Whether the timeline has a line whose field `name` is `value`. */
export async function hasLine(
  db: Db,
  ticketId: string,
  name: string,
  value: TimelineFields[string] | undefined,
): Promise<boolean> {
  const lines = await selectTimeline(db, ticketId)
  return lines.some((line) => parseFields(line.fields)[name] === value)
}
