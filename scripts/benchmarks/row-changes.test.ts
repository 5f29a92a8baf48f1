import BetterSqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changesBetween, readRows } from './row-changes.ts'

let database: BetterSqlite.Database
beforeEach(() => {
  database = new BetterSqlite(':memory:')
  database.exec(`create table a_line (id text primary key, ticket text references ticket (id));
    create table ticket (id text primary key, code integer, status text);
    insert into ticket values ('t0', 1, 'new'), ('t9', 9, 'new')`)
})
afterEach(() => database.close())

test('rows that came, changed and went are statements that make the same rows again', () => {
  const before = readRows(database)
  database.exec(`insert into ticket values ('t1', 2, null);
    insert into a_line values ('l1', 't1');
    update ticket set status = 'closed' where id = 't0';
    delete from ticket where id = 't9'`)
  const after = readRows(database)
  const changes = changesBetween(database, before, after)
  database.exec(`delete from a_line; delete from ticket;
    insert into ticket values ('t0', 1, 'new'), ('t9', 9, 'new')`)
  for (const { sql, values } of changes) database.prepare(sql).run(values)
  expect(readRows(database)).toEqual(after)
})

test('an update names the changed columns alone, and rows follow what they refer to', () => {
  const before = readRows(database)
  database.exec(`insert into ticket values ('t1', 2, 'new'); insert into a_line values ('l1', 't1');
    update ticket set status = 'closed' where id = 't0'`)
  const changes = changesBetween(database, before, readRows(database))
  expect(changes.map(({ sql }) => sql)).toEqual([
    'update "ticket" set "status" = ? where "id" = ?',
    'insert into "ticket" ("id", "code", "status") values (?, ?, ?)',
    'insert into "a_line" ("id", "ticket") values (?, ?)',
  ])
})
