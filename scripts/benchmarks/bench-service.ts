import { DEMO_PASSWORD } from '../demo/people.ts'
import { startService } from '../demo/service-process.ts'

export interface BenchServiceOptions {
  /** Of its SQLite database. */
  file: string
  /** Another database instead. */
  databaseUrl?: string
  /** Further settings of the process. */
  env?: Record<string, string>
  logFile: string
  /** The PBX that it is connected to. */
  pbx: { amiUrl: string; dialerUrl: string }
}

export interface BenchService {
  baseUrl: string
  /** Until it served. */
  startMs: number
  stop: () => Promise<void>
}

/** The service as `npm start` runs it, in a process of its own on a port by chance. */
export async function startBenchService(options: BenchServiceOptions): Promise<BenchService> {
  const { file, logFile, pbx } = options
  const stops: (() => Promise<void>)[] = []
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const baseUrl = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: baseUrl,
    DATABASE_URL: options.databaseUrl ?? `sqlite:${file}`,
    AMI_URL: pbx.amiUrl,
    AMI_DIALER_URL: pbx.dialerUrl,
    WRAP_UP_SECONDS: '0',
    ADMIN_PASSWORD: DEMO_PASSWORD,
    LOG_LEVEL: 'warn',
    CALLBACK_HOURS: '00:00-24:00',
    ...options.env,
  }
  const before = performance.now()
  await startService(env, baseUrl, logFile, (stop) => stops.push(stop))
  return {
    baseUrl,
    startMs: performance.now() - before,
    async stop() {
      for (const stop of stops) await stop()
    },
  }
}
