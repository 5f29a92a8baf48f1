import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { migrateToLatestOrThrow } from '../migrator.ts'
import type { Database } from '../transaction.ts'

let folder: string
let database: Database
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'long-write-'))
  database = await openDatabase(`sqlite:${join(folder, 'hotline.db')}`)
  await migrateToLatestOrThrow(database)
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a transaction that waits comes before the next of many long ones', async () => {
  const HELD_MS = 40
  const long = { begun: 0, isOver: false }
  const one = () =>
    database.longTransaction(async () => {
      long.begun += 1
      await delay(HELD_MS)
    })
  const all = (async () => {
    // oxlint-disable-next-line no-await-in-loop -- one right after the other, as an import does
    while (!long.isOver && long.begun < 60) await one()
  })()
  const behind: number[] = []
  while (long.begun === 0) await delay(1)
  for (let round = 0; round < 5; round += 1) {
    const before = long.begun
    await database.transaction(({ db }) =>
      db
        .insertInto('counter')
        .values({ name: `c${round}`, value: 1 })
        .execute(),
    )
    behind.push(long.begun - before)
    await delay(5)
  }
  long.isOver = true
  await all
  expect(Math.max(...behind)).toBeLessThanOrEqual(1)
})
