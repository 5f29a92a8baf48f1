import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { pagesBetween, pagesWritten, treesOfPages, walFrames } from './wal-frames.ts'

/** A database with a write-ahead log, gone when the test is over. */
function openLogged() {
  const folder = mkdtempSync(join(tmpdir(), 'wal-'))
  const file = join(folder, 'a.db')
  const database = new BetterSqlite(file)
  database.pragma('journal_mode = WAL')
  onTestFinished(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  return { file, database }
}

test('the pages of a commit are counted while the database is open, and after its log began anew', () => {
  const { file, database } = openLogged()
  database.exec('create table a (id integer primary key, text text)')
  const before = walFrames(file)
  database.exec(`insert into a values (1, '${'x'.repeat(12_000)}')`)
  // its leaf and the two pages that the long text overflows to, and the header's page
  expect(pagesWritten(before, walFrames(file))).toBe(4)
  const full = walFrames(file)
  database.pragma('wal_checkpoint(RESTART)')
  database.exec("update a set text = '' where id = 1")
  expect(walFrames(file)).toBeLessThan(full)
  expect(pagesWritten(full, walFrames(file))).toBe(walFrames(file))
})

test('the pages of a commit are told apart by the table or index that they belong to', () => {
  const { file, database } = openLogged()
  database.exec('create table a (text text); create index of_a on a (text); create table b (text)')
  const before = walFrames(file)
  database.exec("insert into a values ('one')")
  const between = walFrames(file)
  database.exec("insert into b values ('two')")
  const trees = treesOfPages(file)
  const namesOf = (from: number, to: number) =>
    pagesBetween(file, from, to).map((page) => trees.get(page))
  expect(new Set(namesOf(before, between))).toEqual(new Set(['a', 'of_a']))
  expect(namesOf(between, walFrames(file))).toEqual(['b'])
  database.pragma('wal_checkpoint(RESTART)')
  const full = walFrames(file)
  database.exec("insert into b values ('three')")
  expect(namesOf(full + 1, walFrames(file))).toEqual(['b'])
})
