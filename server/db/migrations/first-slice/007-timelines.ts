import { type Kysely, sql, SqliteAdapter } from 'kysely'

/**
 * Timelines are kept by what they belong to: one tree of pages where there were three and two. Their
 * rows are small and only ever read per ticket or call, in the order of this key. On SQLite the key
 * is the table itself; PostgreSQL keeps rows apart from every key.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const byKey = isSqlite ? sql`without rowid` : sql``
  await rebuild(db, 'ticket_timeline', [
    sql`create table ticket_timeline_by_key (
      id text not null,
      ticket_id text not null references ticket (id),
      at text not null,
      actor_id text,
      kind text not null,
      note text not null,
      fields text not null,
      primary key (ticket_id, at, id)
    ) ${byKey}`,
    sql`insert into ticket_timeline_by_key (id, ticket_id, at, actor_id, kind, note, fields)
      select id, ticket_id, at, actor_id, kind, note, fields from ticket_timeline`,
  ])
  await rebuild(db, 'call_event', [
    sql`create table call_event_by_key (
      id text not null,
      call_id text not null references call (id),
      event_key text not null,
      at text not null,
      kind text not null,
      detail text not null,
      primary key (call_id, event_key)
    ) ${byKey}`,
    sql`insert into call_event_by_key (id, call_id, event_key, at, kind, detail)
      select id, call_id, event_key, at, kind, detail from call_event`,
  ])
}

type Statement = ReturnType<typeof sql>

/** Fills a new table and puts it in the place of the old one. */
async function rebuild(
  db: Kysely<unknown>,
  table: string,
  [create, fill]: [Statement, Statement],
): Promise<void> {
  await db.schema.dropTable(`${table}_by_key`).ifExists().execute()
  await create.execute(db)
  await fill.execute(db)
  await db.schema.dropTable(table).execute()
  await db.schema.alterTable(`${table}_by_key`).renameTo(table).execute()
}
