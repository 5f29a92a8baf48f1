import BetterSqlite from 'better-sqlite3'
import { rmSync } from 'node:fs'
import { quantile } from './statistics.ts'

/** The peer of everything durable: better-sqlite3 alone, one small row per commit, FULL. */
export interface RawInserts {
  /** Median milliseconds of one insert with its commit. */
  p50Ms: number
  perSecond: number
}

const ROW = 'x'.repeat(200)

/** `count` inserts, each its own transaction, into a new database in `folder`. */
export function insertRaw(folder: string, count: number): RawInserts {
  const path = `${folder}/raw.db`
  const database = new BetterSqlite(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('create table ticket (id text primary key, body text not null)')
  const insert = database.prepare('insert into ticket (id, body) values (?, ?)')
  const samples: number[] = []
  const startedAt = performance.now()
  for (let index = 0; index < count; index += 1) {
    const before = performance.now()
    insert.run(String(index), ROW)
    samples.push(performance.now() - before)
  }
  const seconds = (performance.now() - startedAt) / 1000
  database.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
  return { p50Ms: quantile(samples, 0.5), perSecond: count / seconds }
}
