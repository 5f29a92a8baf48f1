import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkpointInQuiet, type QuietCheckpoint } from './quiet-checkpoint.ts'

let folder: string
let raw: BetterSqlite.Database

beforeEach(() => {
  vi.useFakeTimers()
  folder = mkdtempSync(join(tmpdir(), 'hotline-checkpoint-'))
  raw = new BetterSqlite(join(folder, 'x.db'))
  raw.pragma('journal_mode = wal')
  raw.exec('create table t (a text)')
})
afterEach(() => {
  raw.close()
  rmSync(folder, { recursive: true })
  vi.useRealTimers()
})

function write(times: number, checkpoint: QuietCheckpoint): void {
  for (let index = 0; index < times; index += 1) {
    raw.prepare('insert into t (a) values (?)').run('x'.repeat(3_000))
    checkpoint.written()
  }
}

function fail(error: unknown): never {
  throw error
}

function fileSize(): number {
  return statSync(join(folder, 'x.db')).size
}

test('the file grows only when nothing was written for a moment', () => {
  const checkpoint = checkpointInQuiet(raw, fail)
  const before = fileSize()
  write(50, checkpoint)
  vi.advanceTimersByTime(200)
  write(1, checkpoint)
  vi.advanceTimersByTime(200)
  expect(fileSize()).toBe(before)
  vi.advanceTimersByTime(100)
  expect(fileSize()).toBeGreaterThan(before)
  checkpoint.stop()
})

test('a few rows are not worth it', () => {
  const checkpoint = checkpointInQuiet(raw, fail)
  const before = fileSize()
  write(5, checkpoint)
  vi.advanceTimersByTime(10_000)
  expect(fileSize()).toBe(before)
  checkpoint.stop()
})

test('writers that never pause are not waited for: after sixty transactions the next pause is short', () => {
  const checkpoint = checkpointInQuiet(raw, fail)
  const before = fileSize()
  for (let index = 0; index < 59; index += 1) {
    write(1, checkpoint)
    vi.advanceTimersByTime(9)
  }
  expect(fileSize()).toBe(before)
  for (let index = 0; index < 3; index += 1) {
    write(1, checkpoint)
    vi.advanceTimersByTime(9)
  }
  expect(fileSize()).toBeGreaterThan(before)
  checkpoint.stop()
})

test('what is overdue waits for the end of the transaction that runs', () => {
  const checkpoint = checkpointInQuiet(raw, fail)
  const before = fileSize()
  write(60, checkpoint)
  raw.exec('begin')
  vi.advanceTimersByTime(1_000)
  expect(fileSize()).toBe(before)
  raw.exec('commit')
  vi.advanceTimersByTime(10)
  expect(fileSize()).toBeGreaterThan(before)
  checkpoint.stop()
})

test('where there is a thread the file is left to it', async () => {
  let asked = 0
  const checkpoint = checkpointInQuiet(raw, fail, async () => void (asked += 1))
  const before = fileSize()
  write(60, checkpoint)
  vi.advanceTimersByTime(1_000)
  expect([asked, fileSize()]).toEqual([1, before])
  checkpoint.stop()
})

test('a commit of a burst waits for no checkpoint', () => {
  const checkpoint = checkpointInQuiet(raw, fail)
  const before = fileSize()
  raw.exec('begin')
  for (let index = 0; index < 5_000; index += 1) {
    raw.prepare('insert into t (a) values (?)').run('x'.repeat(3_000))
  }
  raw.exec('commit')
  expect(fileSize()).toBe(before)
  checkpoint.stop()
})
