import { type Kysely, sql, SqliteAdapter } from 'kysely'

/**
 * PostgreSQL's index of words knows beginnings of two to six letters as words of their own, as SQLite's
 * does, and of each document the block of 16,384 that its number is in: a search looks into the newest
 * blocks first and merges lists instead of collecting all words with a beginning. Marks (`_…`) are
 * looked for whole, or are rare. Built anew once: minutes with a million documents.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) return
  // its price keeps the planner from calling it for every row instead of asking the index
  await sql`create or replace function search_beginnings(words tsvector) returns tsvector
    language plpgsql immutable strict cost 10000 as $$
    declare
      found text[] := tsvector_to_array(words);
      word text;
    begin
      foreach word in array found loop
        continue when word like '\\_%' or length(word) < 3;
        found := found || array[left(word, 2), left(word, 3), left(word, 4), left(word, 5),
          left(word, 6)];
      end loop;
      return array_to_tsvector(found);
    end $$`.execute(db)
  // twice as quick as with the usual 64 MB
  await sql`select set_config('maintenance_work_mem', '256MB', true)`.execute(db)
  for (const kind of ['ticket', 'customer']) {
    const doc = sql.table(`${kind}_doc`)
    // oxlint-disable-next-line no-await-in-loop -- one statement after the other
    await sql`create index if not exists ${sql.ref(`${kind}_beginnings`)} on ${doc}
      using gin (search_beginnings(words), (array[no >> 14])) with (fastupdate = off)`.execute(db)
    // oxlint-disable-next-line no-await-in-loop
    await sql`drop index if exists ${sql.table(`${kind}_words`)}`.execute(db)
  }
}
