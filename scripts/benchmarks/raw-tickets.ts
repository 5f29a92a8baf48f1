import { rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { type AnsweredRows, openRawAnswers, prepareRawAnswers } from './answered-rows.ts'
import type { RawInserts } from './raw-inserts.ts'
import { median, quantile } from './statistics.ts'
import { pagesWritten, walFrames } from './wal-frames.ts'

/**
 * The rows of an answered call by better-sqlite3 alone, one durable transaction per ticket, one after
 * the other or with a pause before each.
 */
export async function insertRawTickets(
  folder: string,
  rows: AnsweredRows,
  count: number,
  pauseMs = 0,
): Promise<RawInserts & { pages: number }> {
  const file = `${folder}/raw-tickets.db`
  await prepareRawAnswers(file, rows, count)
  const raw = openRawAnswers(file, rows, count)
  const samples: number[] = []
  const pages: number[] = []
  for (let index = 0; index < count; index += 1) {
    const framesBefore = index === 0 ? 0 : walFrames(file)
    // oxlint-disable-next-line no-await-in-loop -- one at a time is what is measured
    if (pauseMs > 0) await delay(pauseMs)
    const before = performance.now()
    raw.answer()
    samples.push(performance.now() - before)
    pages.push(pagesWritten(framesBefore, walFrames(file)))
  }
  raw.close()
  remove(file)
  const seconds = samples.reduce((sum, sample) => sum + sample, 0) / 1000
  return { p50Ms: quantile(samples, 0.5), perSecond: count / seconds, pages: median(pages) }
}

/** The same rows of all of them in one commit: how many a second who writes them by hand can reach. */
export async function insertRawAtOnce(
  folder: string,
  rows: AnsweredRows,
  count: number,
): Promise<number> {
  const file = `${folder}/raw-at-once.db`
  await prepareRawAnswers(file, rows, count)
  const raw = openRawAnswers(file, rows, count)
  const startedAt = performance.now()
  raw.answerAll()
  const seconds = (performance.now() - startedAt) / 1000
  raw.close()
  remove(file)
  return count / seconds
}

function remove(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
}
