import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess } from '../pbx-lab/asterisk.ts'
import type { Span } from './evidence.ts'

const READY_MS = 60_000
const LOOK_MS = 50

/** The service as a process that is killed and started again on the same database. */
export class KilledService {
  readonly baseUrl: string
  /** How long it took from each start until it was ready, in milliseconds. */
  readonly starts: number[] = []
  readonly #env: NodeJS.ProcessEnv
  readonly #logFile: string
  readonly #listened: Span[] = []
  #child: ChildProcess | null = null
  #readyAt: number | null = null

  constructor(env: NodeJS.ProcessEnv, baseUrl: string, logFile: string) {
    this.#env = env
    this.baseUrl = baseUrl
    this.#logFile = logFile
  }

  /** Starts it and waits until `/readyz` says ready; false when it was killed meanwhile. */
  async start(): Promise<boolean> {
    const startedAt = Date.now()
    const log = openSync(this.#logFile, 'a')
    const args = ['--pdeathsig=KILL', process.execPath, 'server/main.ts']
    const child = spawn('setpriv', args, { env: this.#env, stdio: ['ignore', log, log] })
    closeSync(log)
    this.#child = child
    while (Date.now() - startedAt < READY_MS) {
      if (this.#child !== child) return false
      if (child.exitCode !== null || child.signalCode !== null) break
      const answer = await fetch(`${this.baseUrl}/readyz`).catch(() => null)
      if (answer?.ok === true) {
        this.#readyAt ??= Date.now()
        this.starts.push(Date.now() - startedAt)
        return true
      }
      await delay(LOOK_MS)
    }
    throw new Error(`the service is not ready:\n${this.#log().slice(-2000)}`)
  }

  /** SIGKILL, whatever it is doing. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === null) return
    this.#noteEnd()
    this.#child = null
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** Ends it politely. */
  async stop(): Promise<void> {
    const child = this.#child
    this.#noteEnd()
    this.#child = null
    if (child !== null) await endProcess(child)
  }

  /** When it listened: from ready to its kill, or until now. */
  spans(): Span[] {
    const now = { from: this.#readyAt ?? 0, to: Date.now() }
    return this.#readyAt === null ? [...this.#listened] : [...this.#listened, now]
  }

  /** What it wrote from level error on. */
  errors(): string[] {
    return this.#log()
      .split('\n')
      .filter((line) => /"level":(50|60)/.test(line))
  }

  #log(): string {
    return readFileSync(this.#logFile, 'utf8')
  }

  #noteEnd(): void {
    if (this.#readyAt !== null) this.#listened.push({ from: this.#readyAt, to: Date.now() })
    this.#readyAt = null
  }
}
