import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export interface ServiceProcess {
  baseUrl: string
  /** Resolves when it ended by itself. */
  ended: Promise<void>
}

const START_MS = 30_000
const STOP_MS = 15_000
/** It tells telephone numbers. */
const OWNERS_ALONE = 0o600

/** Throws one clear line when the address is in use. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const probe = createServer()
  const outcome = new Promise<string | null>((resolve) => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.once('listening', () => resolve(null))
  })
  probe.listen(port, host)
  const fault = await outcome
  if (fault === null) {
    probe.close()
    await once(probe, 'close')
    return
  }
  const why = fault === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${fault})`
  throw new Error(
    `port ${port} ${why}; choose another one, for example: PORT=${port + 1} ./scripts/up`,
  )
}

/**
 * Starts `npm start`'s program with its words in `logFile` (null: the terminal), and waits until it
 * serves. `onStarted` gets what stops it at once, so that an interrupted start leaves nothing behind.
 */
export async function startService(
  env: NodeJS.ProcessEnv,
  baseUrl: string,
  logFile: string | null,
  onStarted: (stop: () => Promise<void>) => void,
): Promise<ServiceProcess> {
  const log = logFile === null ? 'inherit' : openSync(logFile, 'w', OWNERS_ALONE)
  const child = spawn(process.execPath, ['server/main.ts'], { env, stdio: ['ignore', log, log] })
  if (typeof log === 'number') closeSync(log)
  const ended = once(child, 'exit').then(() => undefined)
  onStarted(() => stopChild(child, ended))
  await untilServing(child, baseUrl, logFile)
  return { baseUrl, ended }
}

async function untilServing(
  child: ChildProcess,
  baseUrl: string,
  logFile: string | null,
): Promise<void> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < START_MS) {
    if (child.exitCode !== null || child.signalCode !== null) break
    const answer = await fetch(`${baseUrl}/healthz`).catch(() => null)
    if (answer?.ok === true) return
    await delay(50)
  }
  child.kill('SIGKILL')
  const words = logFile === null ? 'see above' : readFileSync(logFile, 'utf8').slice(-2000)
  throw new Error(`the service did not start: ${words}`)
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(deadline)
}
