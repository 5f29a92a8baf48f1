import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const stops: (() => Promise<void>)[] = []
let isStopping = false

/**
 * Runs a script that starts processes. Whatever happens to it (an error, TERM, Ctrl-C, its time is up),
 * what was handed to `onStarted` is ended, the newest first; the exit code is `process.exitCode` or 1.
 */
export async function runBounded(main: () => Promise<void>): Promise<never> {
  process.once('SIGINT', () => void stopAll(130, 'stopped'))
  process.once('SIGTERM', () => void stopAll(143, 'stopped'))
  try {
    await main()
  } catch (error) {
    return stopAll(1, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  return stopAll(Number(process.exitCode ?? 0), '')
}

/** A script that hangs is ended after so long. */
export function endAfter(ms: number): void {
  setTimeout(() => void stopAll(1, 'the run did not end in time'), ms).unref()
}

export function onStarted(stop: () => Promise<void>): void {
  stops.push(stop)
}

/** A line with the time of day (UTC). */
export function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)
}

/** The value of an option; throws with the usage when it is no whole number below a million. */
export function wholeNumber(name: string, text: string, usage: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${name} must be a whole number\n${usage}`)
  return Number(text)
}

/** The folder of a run: `kept`, which must hold no earlier one, or one that goes with the script. */
export function runFolder(kept: string | undefined): string {
  if (kept !== undefined) {
    if (existsSync(join(kept, 'hotline.db'))) throw new Error(`${kept} holds an earlier run`)
    mkdirSync(kept, { recursive: true })
    return kept
  }
  const folder = mkdtempSync(join(tmpdir(), 'hotline-run-'))
  onStarted(async () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function stopAll(code: number, why: string): Promise<never> {
  if (!isStopping) {
    isStopping = true
    if (why !== '') console.error(why)
    for (const stop of stops.splice(0).toReversed()) await stop().catch(console.error)
  }
  process.exit(code)
}
