import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freeTcpPort } from '../../scripts/pbx-lab/ports.ts'
import { type Role, staffMember } from '../../server/contract/staff.ts'
import { CHILD_ENV } from './child-env.ts'
import { createMigratedDatabase } from './database.ts'
import { PASSWORD } from './hotline.ts'
import { type Person, signIn } from './person.ts'

/** The service as a process of its own, to be killed; its clock moves when the test says so. */
export interface KillableHotline {
  readonly url: string
  /** DATABASE_URL, for tests that look at rows. */
  readonly databaseUrl: string
  readonly admin: Person
  hire(username: string, role: Role, extension?: string): Promise<Person>
  /** What the service's clock shows. */
  nowMs(): number
  /** Moves it forward; what became due runs at once. */
  shift(ms: number): Promise<void>
  /** SIGKILL, whatever it is doing. */
  kill(): Promise<void>
  /** SIGTERM: it ends in order, as systemd ends it. */
  end(): Promise<void>
  /** Starts it again on the same database, port and clock; resolves when `/readyz` says ready. */
  start(): Promise<void>
  /** Resolves when `/readyz` says ready. */
  ready(): Promise<void>
  stop(): Promise<void>
}

const PROGRAM = join(import.meta.dirname, 'movable-service.ts')
const READY_MS = 60_000
const LOOK_MS = 25
/** A question that the service has not answered by then is asked again. */
const SILENT_MS = 10_000

export async function startKillableHotline(pbx: {
  amiUrl: string
  dialerUrl: string
  env?: Record<string, string>
}): Promise<KillableHotline> {
  const scratch = await createMigratedDatabase('sqlite')
  const port = await freeTcpPort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...CHILD_ENV,
    AMI_URL: pbx.amiUrl,
    AMI_DIALER_URL: pbx.dialerUrl,
    WRAP_UP_SECONDS: '0',
    DATABASE_URL: scratch.url,
    PORT: String(port),
    ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: 'silent',
    // As in `startHotline`.
    CALLBACK_HOURS: '00:00-24:00',
    SHORTEST_TALK_SECONDS: '0',
    // Agents are telephones here, without a page.
    OFFLINE_WITHOUT_PAGE_MINUTES: '0',
    ...pbx.env,
  }
  let aheadMs = 0
  let child: ChildProcess | null = null

  async function ready(): Promise<void> {
    const startedAt = performance.now()
    while (performance.now() - startedAt < READY_MS) {
      if (child === null || child.exitCode !== null || child.signalCode !== null) break
      const signal = AbortSignal.timeout(SILENT_MS)
      const answer = await fetch(`${url}/readyz`, { signal }).catch(() => null)
      if (answer?.ok === true) return
      await delay(LOOK_MS)
    }
    throw new Error('the service is not ready; what it says is above')
  }

  async function start(): Promise<void> {
    const own = { ...env, CLOCK_AHEAD_MS: String(aheadMs) }
    child = fork(PROGRAM, { env: own, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    await ready()
  }

  async function endBy(name: NodeJS.Signals): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(name)
    await gone
  }
  const kill = () => endBy('SIGKILL')

  await start()
  const admin = await signIn(url, 'admin', PASSWORD)
  return {
    url,
    databaseUrl: scratch.url,
    admin,
    async hire(username, role, extension) {
      const person = { username, displayName: username, role, extension: extension ?? null }
      await admin.send('POST', '/staff', { ...person, password: PASSWORD }, staffMember)
      return signIn(url, username, PASSWORD)
    },
    nowMs: () => Date.now() + aheadMs,
    async shift(ms) {
      aheadMs += ms
      if (child === null || !child.connected) return
      const signal = AbortSignal.timeout(READY_MS)
      const moved = once(child, 'message', { signal })
      const gone = once(child, 'exit', { signal }).then(() => {
        throw new Error('the service ended while its clock was moved; what it says is above')
      })
      child.send(ms)
      await Promise.race([moved, gone])
    },
    kill,
    end: () => endBy('SIGTERM'),
    start,
    ready,
    async stop() {
      await kill()
      await scratch.remove()
    },
  }
}
