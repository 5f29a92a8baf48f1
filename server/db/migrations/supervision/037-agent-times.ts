import { type Kysely, sql } from 'kysely'

/** When people were in the queues, ready or paused; who is there now has been since their state began. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agent_time')
    .ifNotExists()
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('agent_time_key', ['staff_id', 'started_at'])
    .execute()
  await db.schema
    .createIndex('agent_time_end')
    .ifNotExists()
    .on('agent_time')
    .columns(['ended_at', 'staff_id'])
    .execute()
  await sql`insert into agent_time (staff_id, started_at, ended_at, state, reason)
    select staff_id, since, null, state, reason from agent_state where state <> 'offline'
    on conflict do nothing`.execute(db)
}
