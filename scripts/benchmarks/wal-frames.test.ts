import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { pagesWritten, walFrames } from './wal-frames.ts'

test('the pages of a commit are counted while the database is open, and after its log began anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wal-'))
  const file = join(folder, 'a.db')
  const database = new BetterSqlite(file)
  database.pragma('journal_mode = WAL')
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
  database.close()
  rmSync(folder, { recursive: true })
})
