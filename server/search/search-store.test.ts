import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import type { SearchDocument } from './search-document.ts'
import type { Level, Term } from './search-query.ts'
import { countDocuments, findDocuments, indexDocuments } from './search-store.ts'

const NEWEST = { newest: { from: '' } }
/** More than a block of PostgreSQL's index has; together the groups are in more than one window. */
const APART = 40_000
const GROUPS = 16
/** More than are looked through one by one. */
const EMPTY_NEWEST = 2001

/** Every second has the first word, every third the second one, and so on; the marks of each are its own. */
const DOCUMENTS = Array.from({ length: GROUPS * 4 }, (_, n): SearchDocument => {
  const words = ['nguyen', 'van', 'vanh', 'internet', 'ly'].filter(
    (_word, at) => n % (at + 2) === 0,
  )
  return {
    id: `t${String(n).padStart(3, '0')}`,
    words: [...words, `_c${n}`, '_r8765'.concat(`${n}`)],
  }
})

const beginning = (word: string): Term => ({ word, isBeginning: true })
const whole = (word: string): Term => ({ word, isBeginning: false })

const LEVELS: Record<string, Level> = {
  'a common word': [[beginning('nguyen')]],
  'two letters': [[beginning('va')]],
  'words that are seldom together': [[beginning('nguyen'), beginning('vanh'), beginning('inter')]],
  'a long word': [[beginning('interne'), beginning('ly')]],
  'words, or a mark': [[beginning('van'), beginning('ly')], [whole('_c1')], [beginning('_r87656')]],
  'a mark': [[whole('_c6')]],
  'an absent word beside a common one': [[beginning('nguyen'), beginning('zz')]],
}

describe.each(DIALECTS)('the index of words on %s', (dialect) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(dialect)
    for (let group = 0; group < GROUPS; group += 1) {
      // oxlint-disable-next-line no-await-in-loop -- the next ones come above
      await addApart(database.db, DOCUMENTS.slice(group * 4, group * 4 + 4), group)
    }
    await addEmpty(database.db)
  })
  afterAll(() => database.close())

  async function addEmpty(db: Db) {
    const end = await db
      .selectFrom('ticket_doc')
      .select((eb) => eb.fn.max('no').as('no'))
      .executeTakeFirstOrThrow()
    const words = dialect === 'postgres' ? { words: '' } : {}
    const row = (n: number) => ({ no: end.no + 1 + n, id: `v${n}`, ...words })
    const rows = Array.from({ length: EMPTY_NEWEST }, (_, n) => row(n))
    await db.insertInto('ticket_doc').values(rows).execute()
  }

  async function find(level: Level, limit: number, but: readonly Level[] = []) {
    const ids: string[] = []
    for (let before: number | null = null; ;) {
      const wanted = { level, but, mark: null, before, limit }
      // oxlint-disable-next-line no-await-in-loop -- page by page
      const page: { id: string; no: number }[] = await findDocuments(database.db, 'ticket', wanted)
      ids.push(...page.map(({ id }) => id))
      if (page.length < limit) return ids
      before = page.at(-1)?.no ?? null
    }
  }

  it.each(Object.entries(LEVELS))(
    'finds %s, the newest first, in pages of any size',
    async (_what, level) => {
      for (const limit of [3, 100]) {
        // oxlint-disable-next-line no-await-in-loop
        expect([limit, await find(level, limit)]).toEqual([limit, expected(level)])
      }
      const but = [[[whole('_c12')], [beginning('ly')]]]
      expect(await find(level, 5, but)).toEqual(expected(level, but))
    },
  )

  it.each(Object.entries(LEVELS))('counts %s up to a limit', async (_what, level) => {
    for (const most of [1, 5, 1000]) {
      const asked = { levels: [level, [[whole('_c3')]]], mark: null, most }
      const all = expected([...level, [whole('_c3')]]).length
      // oxlint-disable-next-line no-await-in-loop
      expect(await countDocuments(database.db, 'ticket', asked)).toBe(Math.min(most, all))
    }
  })
})

/** These documents, and a number far above them that is taken. */
async function addApart(db: Db, documents: readonly SearchDocument[], group: number) {
  await indexDocuments(db, 'ticket', documents, NEWEST)
  await indexDocuments(db, 'ticket', [{ id: `u${group}`, words: ['gap'] }], NEWEST)
  await db
    .updateTable('ticket_doc')
    .set((eb) => ({ no: eb('no', '+', APART) }))
    .where('id', '=', `u${group}`)
    .execute()
}

function matches({ words }: SearchDocument, level: Level): boolean {
  return level.some((terms) =>
    terms.every(({ word, isBeginning }) =>
      words.some((one) => (isBeginning ? one.startsWith(word) : one === word)),
    ),
  )
}

/** Ids of what matches this and none of the others, the newest first. */
function expected(level: Level, but: readonly Level[] = []): string[] {
  return DOCUMENTS.filter((one) => matches(one, level) && !but.some((other) => matches(one, other)))
    .map(({ id }) => id)
    .toReversed()
}
