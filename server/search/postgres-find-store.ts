import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { anyOf, type Asked, partsOf, wholeQuery, windowsOf } from './gin-query.ts'

/** A document of the index: its place in the order, and what it is of. */
export interface Hit {
  no: number
  id: string
}

interface AskedPage extends Asked {
  doc: RawBuilder<unknown>
  before: number | null
  limit: number
}

/** So many of the newest documents are looked through first: what nearly all have fills a page there. */
const NEWEST = 2000

/** The newest first. */
export async function findOnPostgres(db: Db, asked: AskedPage): Promise<Hit[]> {
  const newest = await amongNewest(db, asked)
  if (newest.length === asked.limit) return newest
  return inWindows(db, asked, async (where) => {
    const { rows } = await sql<Hit>`
      with found as materialized (select no, id from ${asked.doc} where ${where})
      select no, id from found order by no desc limit ${sql.lit(asked.limit)}`.execute(db)
    return rows
  })
}

/** How many there are, counted up to the limit; in no order, so that no more are fetched than counted. */
export async function countOnPostgres(db: Db, asked: AskedPage): Promise<number> {
  const counted = await inWindows(db, asked, async (where) => {
    const { rows } = await sql<{ length: number }>`
      select count(*)::integer as length from
        (select 1 from ${asked.doc} where ${where} limit ${sql.lit(asked.limit)}) as found`.execute(
      db,
    )
    return rows[0] ?? { length: 0 }
  })
  return counted.length
}

async function amongNewest(db: Db, asked: AskedPage): Promise<Hit[]> {
  const { doc, before, limit } = asked
  const { rows } = await sql<Hit>`
    with newest as materialized (select no, id, words from ${doc} where ${isBefore(before)}
      order by no desc limit ${sql.lit(Math.max(NEWEST, limit))})
    select no, id from newest where words @@ ${wholeQuery(asked)}::tsquery
    order by no desc limit ${sql.lit(limit)}`.execute(db)
  return rows
}

/** Asks window by window, until the limit is reached or everything was asked. */
async function inWindows<T extends { length: number }>(
  db: Db,
  asked: AskedPage,
  ask: (where: RawBuilder<unknown>) => Promise<T>,
): Promise<T> {
  const { newest, oldest } = await ends(db, asked)
  const where = conditionsOf(asked)
  const [first, ...others] = windowsOf(newest, oldest).map((blocks) =>
    blocks === null ? where : sql`${where} and (array[no >> 14]) && ${blocks}::bigint[]`,
  )
  let found = await ask(first ?? where)
  for (const window of others) {
    if (found.length >= asked.limit) break
    // oxlint-disable-next-line no-await-in-loop -- the next only when this one holds too little
    found = await ask(window)
  }
  return found
}

/** Numbers of the newest and the oldest document that there is to look at. */
async function ends(db: Db, { doc, before }: AskedPage) {
  const { rows } = await sql<{ newest: number | null; oldest: number | null }>`
    select (select no from ${doc} order by no desc limit 1) as newest,
      (select no from ${doc} order by no limit 1) as oldest`.execute(db)
  const { newest, oldest } = rows[0] ?? {}
  return { newest: Math.min(newest ?? 0, before ?? Infinity), oldest: oldest ?? 0 }
}

function conditionsOf({ level, but, mark, before }: AskedPage): RawBuilder<unknown> {
  const parts = partsOf(level, mark).map(
    (part) => sql`search_beginnings(words) @@ ${part}::tsquery`,
  )
  const others = but.length === 0 ? [] : [sql`not words @@ ${anyOf(but.flat())}::tsquery`]
  const earlier = before === null ? [] : [isBefore(before)]
  return sql.join([...parts, ...others, ...earlier], sql` and `)
}

function isBefore(before: number | null): RawBuilder<unknown> {
  return sql`no < ${before ?? Number.MAX_SAFE_INTEGER}::bigint`
}
