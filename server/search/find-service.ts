import type { PhoneNumber } from '#contract/customers.ts'
import type { FoundTotal } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import { InvalidInput } from '../errors.ts'
import { type Level, readQuery } from './search-query.ts'
import { countDocuments, findDocuments, type SearchKind } from './search-store.ts'
import { OPEN_MARK } from './words.ts'

export interface FindDeps {
  database: Database
  describeNumber: (raw: string) => PhoneNumber
  /** Whether everything that was stored before has been indexed. */
  isComplete: (kind: SearchKind) => boolean
}

export interface FindOrder {
  q: string
  limit: number
  /** Of the last hit of the page before. */
  cursor?: string | undefined
  /** Only tickets that are worked on. */
  openOnly?: boolean
  /** Whoever asks sees no numbers: nothing is found by the digits of one. */
  hidesNumbers?: boolean
  /** False: nobody asks how many there are. */
  wantsTotal?: boolean
}

export interface Found {
  /** The best first; `cursor` is where what follows a hit begins. */
  hits: { id: string; cursor: string }[]
  hasMore: boolean
  /** Null on later pages, and where nobody asks. */
  total: FoundTotal | null
  complete: boolean
}

/** Counting further helps nobody to choose. */
const MOST_COUNTED = 1000

export type FindService = ReturnType<typeof createFindService>

/** Finds tickets and customers by words, codes and numbers; the database's own thread where it has one. */
export function createFindService({ database, describeNumber, isComplete }: FindDeps) {
  /** Throws InvalidInput for a cursor that is not of a search. */
  async function find(kind: SearchKind, order: FindOrder): Promise<Found> {
    const levels = readQuery(order.q, describeNumber, order.hidesNumbers)
    const place = order.cursor === undefined ? null : readPlace(order.cursor)
    const mark = order.openOnly === true ? OPEN_MARK : null
    /** The first page of fewer than it takes is all of them. */
    const totalOf = async (db: Db, { length }: Found['hits']): Promise<FoundTotal> =>
      length <= order.limit
        ? cappedTotal(length)
        : cappedTotal(await countDocuments(db, kind, { levels, mark, most: MOST_COUNTED + 1 }))
    const isCounted = place === null && order.wantsTotal !== false
    const [hits, total] = await database.longRead(async (db) => {
      const found = await hitsFrom(db, kind, { levels, mark, place, limit: order.limit + 1 })
      return [found, isCounted ? await totalOf(db, found) : null] as const
    })
    return {
      hits: hits.slice(0, order.limit),
      hasMore: hits.length > order.limit,
      total,
      complete: isComplete(kind),
    }
  }

  return { find }
}

interface Place {
  level: number
  before: number
}

async function hitsFrom(
  db: Db,
  kind: SearchKind,
  of: { levels: readonly Level[]; mark: string | null; place: Place | null; limit: number },
): Promise<Found['hits']> {
  const { levels, mark, place, limit } = of
  const hits: Found['hits'] = []
  for (const [index, level] of levels.entries()) {
    if (index < (place?.level ?? 0) || hits.length >= limit) continue
    const before = index === place?.level ? place.before : null
    const but = levels.slice(0, index)
    const wanted = { level, but, mark, before, limit: limit - hits.length }
    // oxlint-disable-next-line no-await-in-loop -- the next only fills what this one leaves
    const found = await findDocuments(db, kind, wanted)
    hits.push(...found.map(({ id, no }) => ({ id, cursor: `${index}.${no}` })))
  }
  return hits
}

function cappedTotal(found: number): FoundTotal {
  return { count: Math.min(found, MOST_COUNTED), capped: found > MOST_COUNTED }
}

function readPlace(cursor: string): Place {
  const [, level, before] = /^(\d)\.(\d{1,15})$/.exec(cursor) ?? []
  if (level !== undefined && before !== undefined) {
    return { level: Number(level), before: Number(before) }
  }
  const message = 'is not a cursor of this search: take nextCursor of the page before'
  throw new InvalidInput(message, [{ path: 'cursor', message }])
}
