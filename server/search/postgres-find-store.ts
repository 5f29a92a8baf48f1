import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { anyOf, type Asked, isRare, partsOf, wholeQuery, windowsOf } from './gin-query.ts'

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

/**
 * So many of the newest documents are read one by one, until the limit is reached: where every
 * twentieth, or every fourth, has what is looked for.
 */
const READ_FOR_PAGE = 2000
const READ_FOR_COUNT = 4000
/** More than what those promise, since words are not spread evenly. */
const SPARE = 1.2

/** The newest first. */
export async function findOnPostgres(db: Db, asked: AskedPage): Promise<Hit[]> {
  const ask = async (where: RawBuilder<unknown>) => {
    const { rows } = await sql<Hit>`
      with found as materialized (select no, id from ${asked.doc} where ${where})
      select no, id from found order by no desc limit ${sql.lit(asked.limit)}`.execute(db)
    return rows
  }
  if (isRare(asked.level)) return ask(conditionsOf(asked))
  const latest = await amongNewest(db, asked)
  if (latest.length === asked.limit) return latest
  return inWindows(db, asked, promisedBy(latest.length, READ_FOR_PAGE, asked.limit), ask)
}

/** How many there are, counted up to the limit; in no order, so that no more are fetched than counted. */
export async function countOnPostgres(db: Db, asked: AskedPage): Promise<number> {
  const count = async (from: RawBuilder<unknown>, where: RawBuilder<unknown>) => {
    const { rows } = await sql<{ length: number }>`
      select count(*)::integer as length from
        (select 1 from ${from} where ${where} limit ${sql.lit(asked.limit)}) as found`.execute(db)
    return rows[0] ?? { length: 0 }
  }
  const isMet = sql`words @@ ${wholeQuery(asked)}::tsquery`
  const latest = await count(newest(asked, READ_FOR_COUNT), isMet)
  if (latest.length === asked.limit) return latest.length
  const promised = promisedBy(latest.length, READ_FOR_COUNT, asked.limit)
  return (await inWindows(db, asked, promised, (where) => count(asked.doc, where))).length
}

/** Stops at the limit: the planner knows the order, and asks no condition before it. */
async function amongNewest(db: Db, asked: AskedPage): Promise<Hit[]> {
  const { rows } = await sql<Hit>`
    select no, id from ${newest(asked, Math.max(READ_FOR_PAGE, asked.limit))}
    where words @@ ${wholeQuery(asked)}::tsquery
    order by no desc limit ${sql.lit(asked.limit)}`.execute(db)
  return rows
}

function newest({ doc, before }: AskedPage, most: number): RawBuilder<unknown> {
  return sql`(select no, id, words from ${doc} where ${isBefore(before)}
    order by no desc limit ${sql.lit(most)}) as newest`
}

/** Among so many documents there should be as many as are wanted. */
function promisedBy(found: number, read: number, wanted: number): number {
  return (SPARE * wanted * read) / Math.max(found, 1)
}

/** Asks window by window, until the limit is reached or everything was asked. */
async function inWindows<T extends { length: number }>(
  db: Db,
  asked: AskedPage,
  promised: number,
  ask: (where: RawBuilder<unknown>) => Promise<T>,
): Promise<T> {
  const { last, first: oldest } = await ends(db, asked)
  const where = conditionsOf(asked)
  const [first, ...others] = windowsOf(last, oldest, promised).map((blocks) =>
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
  const { rows } = await sql<{ last: number | null; first: number | null }>`
    select (select no from ${doc} order by no desc limit 1) as last,
      (select no from ${doc} order by no limit 1) as first`.execute(db)
  const { last, first } = rows[0] ?? {}
  return { last: Math.min(last ?? 0, before ?? Infinity), first: first ?? 0 }
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
