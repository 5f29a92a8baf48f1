import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeTcpPort } from '../pbx-lab/ports.ts'
import { seedDemo } from '../seed.ts'
import { demoEnvironment, type DemoPlace } from './environment.ts'
import { startService } from './service-process.ts'

/**
 * The service of `npm start` with the demo's people, on a free port and with a database that goes
 * when it stops; nobody answers in the page, whatever the PBX can do. `onStarted` gets, one by one, what has to be stopped in the opposite order.
 */
export async function startOwnService(
  pbx: Pick<DemoPlace, 'amiUrl' | 'dialerUrl' | 'controlUrl' | 'recordingsDir'>,
  onStarted: (stop: () => unknown) => void,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-pages-'))
  onStarted(() => rmSync(folder, { recursive: true, force: true }))
  const baseUrl = `http://127.0.0.1:${await freeTcpPort()}`
  const databaseUrl = `sqlite:${join(folder, 'hotline.db')}`
  const env = demoEnvironment({ ...pbx, baseUrl, databaseUrl, browserPhone: null })
  await startService(env, baseUrl, join(folder, 'hotline.log'), onStarted)
  await seedDemo(baseUrl)
  return baseUrl
}

/** Stops what was started, the last first. */
export async function stopAll(stops: (() => unknown)[]): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- in the opposite order of the start
  for (const stop of stops.splice(0).toReversed()) await stop()
}
