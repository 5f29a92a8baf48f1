import { sql, SqliteAdapter } from 'kysely'
import type { Db } from '../db/schema.ts'
import { countOnPostgres, findOnPostgres, type Hit } from './postgres-find-store.ts'
import type { SearchDocument } from './search-document.ts'
import type { Level, Term } from './search-query.ts'

/** What can be found by words; each kind has an index of its own. */
export type SearchKind = 'ticket' | 'customer'

/** The first document that was ever indexed; later ones are above, older ones below. */
const MIDDLE = 2 ** 40
/** Pages of the index that are merged in one go: a few milliseconds. */
const MERGED_PAGES = 32

/**
 * Where documents come that are not in the index yet: above everything, but for those of an earlier
 * release (ids below `from`), which are left out; or below everything.
 */
export type Side = { newest: { from: string } } | 'oldest'

/** Puts these documents, in the order of their ids, into the index, or anew in their places. */
export async function indexDocuments(
  db: Db,
  kind: SearchKind,
  documents: readonly SearchDocument[],
  side: Side,
): Promise<void> {
  const ids = documents.map(({ id }) => id)
  const known = await numbersOf(db, kind, ids)
  const taken = documents.filter(
    ({ id }) => known.has(id) || side === 'oldest' || id >= side.newest.from,
  )
  if (taken.length === 0) return
  const next = await numbersFrom(db, kind, { added: taken.length - known.size, side })
  const placed = taken.map((one) => ({ ...one, no: known.get(one.id) ?? next() }))
  await (isSqlite(db) ? writeOnSqlite : writeOnPostgres)(db, kind, placed, known)
}

export async function removeDocuments(
  db: Db,
  kind: SearchKind,
  ids: readonly string[],
): Promise<void> {
  const numbers = [...(await numbersOf(db, kind, ids)).values()]
  if (numbers.length === 0) return
  if (isSqlite(db)) await deleteWords(db, kind, numbers)
  await db.deleteFrom(docTable(kind)).where('no', 'in', numbers).execute()
}

export interface Wanted {
  level: Level
  /** Levels whose documents have been found already. */
  but: readonly Level[]
  /** A word that all must have besides. */
  mark: string | null
  before: number | null
  limit: number
}

/** Documents of one level, the newest first. */
export async function findDocuments(db: Db, kind: SearchKind, wanted: Wanted): Promise<Hit[]> {
  if (!isSqlite(db)) return findOnPostgres(db, { ...wanted, doc: sql.table(docTable(kind)) })
  const { before, limit } = wanted
  return findOnSqlite(db, kind, ftsQuery(wanted), before, limit)
}

/** How many documents any of these levels has, counted up to `most`. */
export async function countDocuments(
  db: Db,
  kind: SearchKind,
  { levels, mark, most }: { levels: readonly Level[]; mark: string | null; most: number },
): Promise<number> {
  const wanted = { level: levels.flat(), but: [], mark, before: null, limit: most }
  if (!isSqlite(db)) return countOnPostgres(db, { ...wanted, doc: sql.table(docTable(kind)) })
  return countOnSqlite(db, kind, ftsQuery(wanted), most)
}

interface Placed extends SearchDocument {
  no: number
}

/** Gives the documents that are added their numbers, one after the other. */
async function numbersFrom(
  db: Db,
  kind: SearchKind,
  { added, side }: { added: number; side: Side },
): Promise<() => number> {
  const end = added === 0 ? null : await endOf(db, kind, side)
  const below = side === 'oldest' ? -added : 1
  let next = end === null ? MIDDLE : end + below
  return () => next++
}

async function endOf(db: Db, kind: SearchKind, side: Side): Promise<number | null> {
  const row = await db
    .selectFrom(docTable(kind))
    .select('no')
    .orderBy('no', side === 'oldest' ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.no ?? null
}

async function numbersOf(
  db: Db,
  kind: SearchKind,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom(docTable(kind))
    .select(['no', 'id'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, no }) => [id, no]))
}

/** The index without contents forgets a document by its number, and takes them best in their order. */
async function writeOnSqlite(
  db: Db,
  kind: SearchKind,
  placed: readonly Placed[],
  known: ReadonlyMap<string, number>,
): Promise<void> {
  const words = wordsTable(kind)
  if (known.size > 0) await deleteWords(db, kind, [...known.values()])
  const added = placed.filter(({ id }) => !known.has(id)).map(({ id, no }) => ({ id, no }))
  if (added.length > 0) await db.insertInto(docTable(kind)).values(added).execute()
  for (const { no, words: text } of placed.toSorted((a, b) => a.no - b.no)) {
    // oxlint-disable-next-line no-await-in-loop -- one statement that is prepared once
    await sql`insert into ${words} (rowid, words) values (${no}, ${text.join(' ')})`.execute(db)
  }
}

/**
 * Every writing leaves a part of the index of its own, and each is looked through by every search:
 * merges some of them; answers whether there was something to merge. PostgreSQL has no such parts.
 */
export async function mergeParts(db: Db, kind: SearchKind): Promise<boolean> {
  if (!isSqlite(db)) return false
  const words = wordsTable(kind)
  const before = await changesSoFar(db)
  await sql`insert into ${words} (${words}, rank) values ('merge', ${MERGED_PAGES})`.execute(db)
  // the statement itself counts for one
  return (await changesSoFar(db)) - before > 1
}

async function changesSoFar(db: Db): Promise<number> {
  const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(db)
  return rows[0]?.changes ?? 0
}

async function deleteWords(db: Db, kind: SearchKind, numbers: readonly number[]): Promise<void> {
  for (const no of numbers) {
    // oxlint-disable-next-line no-await-in-loop -- one statement that is prepared once
    await sql`delete from ${wordsTable(kind)} where rowid = ${no}`.execute(db)
  }
}

async function writeOnPostgres(db: Db, kind: SearchKind, placed: readonly Placed[]): Promise<void> {
  const rows = placed.map(
    ({ no, id, words }) => sql`(${no}::bigint, ${id}, array_to_tsvector(${words}::text[]))`,
  )
  await sql`insert into ${sql.table(docTable(kind))} (no, id, words) values ${sql.join(rows)}
    on conflict (id) do update set words = excluded.words`.execute(db)
}

async function findOnSqlite(
  db: Db,
  kind: SearchKind,
  query: string,
  before: number | null,
  limit: number,
): Promise<Hit[]> {
  const words = wordsTable(kind)
  const { rows } = await sql<Hit>`
    select doc.no, doc.id from (
      select rowid as no from ${words} where ${words} match ${query}
        and rowid < ${before ?? Number.MAX_SAFE_INTEGER}
      order by rowid desc limit ${sql.lit(limit)}) as found
    join ${sql.table(docTable(kind))} as doc on doc.no = found.no
    order by found.no desc`.execute(db)
  return rows
}

async function countOnSqlite(
  db: Db,
  kind: SearchKind,
  query: string,
  most: number,
): Promise<number> {
  const words = wordsTable(kind)
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select rowid from ${words} where ${words} match ${query} limit ${sql.lit(most)})`.execute(db)
  return rows[0]?.count ?? 0
}

function ftsQuery({ level, but, mark }: Wanted): string {
  const wanted = `(${anyOf(level)})`
  const marked = mark === null ? wanted : `"${mark}" AND ${wanted}`
  return but.length === 0 ? marked : `(${marked}) NOT (${anyOf(but.flat())})`
}

/** Words are of `[a-z0-9_]`: nothing in them has to be escaped. */
function anyOf(level: Level): string {
  return level.map((terms) => `(${terms.map(ftsTerm).join(' AND ')})`).join(' OR ')
}

function ftsTerm({ word, isBeginning }: Term): string {
  return `"${word}"${isBeginning ? ' *' : ''}`
}

function isSqlite(db: Db): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter
}

function docTable(kind: SearchKind) {
  return kind === 'ticket' ? ('ticket_doc' as const) : ('customer_doc' as const)
}

function wordsTable(kind: SearchKind) {
  return sql.table(`${kind}_words`)
}
