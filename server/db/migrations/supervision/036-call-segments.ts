import { type Kysely, sql, SqliteAdapter } from 'kysely'
import { addColumns } from '../add-columns.ts'

const COUNTS = [
  'entered',
  'within_service',
  'handled',
  'agent_talk_seconds',
  'agent_hold_seconds',
  'wait_bucket',
  'wrap_up_seconds',
]

/**
 * The agents' parts of calls as rows, and what else a call adds to the counters of its queue; null
 * until a call of earlier releases is counted. On SQLite the parts are kept by their key (007).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'call', [
    ...COUNTS.map((name) => ({ name, type: 'integer' as const })),
    { name: 'counted_queue', type: 'text' },
  ])
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  await sql`create table if not exists call_segment (
    call_id text not null references call (id),
    part integer not null,
    extension text not null,
    staff_id text,
    how text not null,
    local_day text not null,
    started_at text not null,
    ended_at text not null,
    talk_seconds integer not null,
    hold_seconds integer not null,
    wrap_up_seconds integer,
    primary key (call_id, part)
  ) ${isSqlite ? sql`without rowid` : sql``}`.execute(db)
  await db.schema
    .createIndex('call_segment_person')
    .ifNotExists()
    .on('call_segment')
    .columns(['local_day', 'staff_id', 'extension'])
    .execute()
}
