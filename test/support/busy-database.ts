import { spawn } from 'node:child_process'
import { once } from 'node:events'

const SCRIPT = `
  const { default: BetterSqlite } = await import('better-sqlite3')
  const [file, heldMs] = process.argv.slice(1)
  const database = new BetterSqlite(file)
  database.exec('begin immediate')
  console.log('held')
  const release = () => { database.exec('rollback'); database.close(); process.exit() }
  if (heldMs !== '') setTimeout(release, Number(heldMs))
  process.stdin.on('end', release).resume()`

/**
 * Another program takes the write lock of a SQLite file, for so long or until the answer is called;
 * resolves when it has it.
 */
export async function holdWriteLock(file: string, heldMs?: number): Promise<() => Promise<void>> {
  const holder = spawn(
    process.execPath,
    ['--input-type=module', '-e', SCRIPT, file, String(heldMs ?? '')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  await once(holder.stdout, 'data')
  return async () => {
    if (holder.exitCode !== null) return
    holder.stdin.end()
    await once(holder, 'exit')
  }
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
