import { fdatasyncSync, openSync, writeSync, closeSync, rmSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { median } from './statistics.ts'

/** What the figures depend on; no names of hosts or people. */
export function describeMachine(): string {
  const processors = cpus()
  const model = processors[0]?.model.trim() ?? 'unknown processor'
  const sqlite = new BetterSqlite(':memory:')
  const version: unknown = sqlite.prepare('select sqlite_version()').pluck().get()
  sqlite.close()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  return `${processors.length} × ${model}, ${memory}, ${process.platform}, Node ${process.versions.node}, SQLite ${String(version)}`
}

const SAMPLES = 300
const BLOCK = Buffer.alloc(4096, 1)

/** Median milliseconds of appending 4 KiB and making it durable, on the disk of `folder`. */
export function fsyncMs(folder: string): number {
  const path = join(folder, 'fsync-probe')
  const file = openSync(path, 'w')
  const samples = Array.from({ length: SAMPLES }, () => {
    writeSync(file, BLOCK)
    const before = performance.now()
    fdatasyncSync(file)
    return performance.now() - before
  })
  closeSync(file)
  rmSync(path)
  return median(samples)
}
