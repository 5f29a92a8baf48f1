import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_PASSWORD } from '../demo/people.ts'
import { startService } from '../demo/service-process.ts'
import { freeTcpPort } from '../pbx-lab/ports.ts'
import { seedDemo } from '../seed.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'

/** The service of `npm start` with the demo's people, a PBX simulator and a database of its own. */
export interface PageHotline {
  url: string
  simulator: Simulator
  stop: () => Promise<void>
}

export async function startPageHotline(): Promise<PageHotline> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-pages-'))
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    // oxlint-disable-next-line no-await-in-loop -- in the opposite order of the start
    for (const part of stops.splice(0).toReversed()) await part()
  }
  try {
    const databaseUrl = `sqlite:${join(folder, 'hotline.db')}`
    const simulator = await startSimulator()
    stops.push(() => simulator.stop())
    const port = await freeTcpPort()
    const url = `http://127.0.0.1:${port}`
    const env = environment(simulator, databaseUrl, port)
    await startService(env, url, join(folder, 'hotline.log'), (end) => void stops.push(end))
    await seedDemo(url)
    return { url, simulator, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function environment(simulator: Simulator, databaseUrl: string, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    AMI_URL: simulator.amiUrl,
    AMI_DIALER_URL: simulator.dialerUrl,
    ADMIN_PASSWORD: DEMO_PASSWORD,
    LOG_LEVEL: 'info',
    CALLBACK_HOURS: '00:00-24:00',
    OFFLINE_WITHOUT_PAGE_MINUTES: '0',
  }
}
