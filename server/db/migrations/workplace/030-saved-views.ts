import { type Kysely, sql, type SqlBool } from 'kysely'

/**
 * Filters of a list under a name; `search` is JSON of its address, `team` whom it is shared with. And
 * an index of the calls that nobody answered: few of all, and a filter of the list of calls.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('saved_view')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('list', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('team', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('saved_view_by_owner')
    .ifNotExists()
    .on('saved_view')
    .columns(['staff_id', 'list'])
    .execute()
  await db.schema
    .createIndex('saved_view_by_team')
    .ifNotExists()
    .on('saved_view')
    .columns(['team', 'list'])
    .execute()
  await db.schema
    .createIndex('call_missed')
    .ifNotExists()
    .on('call')
    .columns(['direction', 'entered_at', 'id'])
    .where(
      sql<SqlBool>`direction = 'inbound' and outcome in ('abandoned', 'timeout', 'not_answered')`,
    )
    .execute()
}
