import { spawn } from 'node:child_process'
import { once } from 'node:events'

const SCRIPT = `
  const { default: BetterSqlite } = await import('better-sqlite3')
  const [file, heldMs] = process.argv.slice(1)
  const database = new BetterSqlite(file)
  database.exec('begin immediate')
  console.log('held')
  setTimeout(() => { database.exec('rollback'); database.close() }, Number(heldMs))`

/** Another program takes the write lock of a SQLite file for so long; resolves when it has it. */
export async function holdWriteLock(file: string, heldMs: number): Promise<void> {
  const holder = spawn(
    process.execPath,
    ['--input-type=module', '-e', SCRIPT, file, String(heldMs)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(holder.stdout, 'data')
}

/** Counts the turns of the event loop and the longest time between two of them. */
export function countTurns(): { stop: () => { turns: number; longestGapMs: number } } {
  let turns = 0
  let longestGapMs = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longestGapMs = Math.max(longestGapMs, now - last)
    last = now
    turns += 1
  }, 1)
  return {
    stop() {
      clearInterval(timer)
      return { turns, longestGapMs: Math.max(longestGapMs, performance.now() - last) }
    },
  }
}
