import { type Kysely, sql } from 'kysely'

/**
 * What one shift left to the next, and each version of the note with it. Of the clocks that run when a ticket is
 * opened none is of a stage, so that an opened ticket writes nothing into their index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('hand_over')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('sections', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('hand_over_at')
    .ifNotExists()
    .on('hand_over')
    .columns(['at', 'id'])
    .execute()
  await db.schema
    .createTable('hand_over_note')
    .ifNotExists()
    .addColumn('hand_over_id', 'text', (c) => c.notNull().references('hand_over.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('hand_over_note_once', ['hand_over_id', 'version'])
    .execute()
  await sql`create index if not exists ticket_clock_stage_due on ticket_clock (due_at, id)
    where stopped_at is null and kind in ('verify', 'field', 'noc', 'reply', 'recheck', 'promise')`.execute(
    db,
  )
}
