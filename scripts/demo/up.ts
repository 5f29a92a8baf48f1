import { existsSync, mkdirSync } from 'node:fs'
import { givePhones, seedDemo } from '../seed.ts'
import { startPeople } from './busy-agents.ts'
import { startDemoPbx, type DemoPbx } from './demo-pbx.ts'
import { demoEnvironment } from './environment.ts'
import { DEMO_CALLERS, DEMO_PASSWORD, DEMO_STAFF, PERSON_AT_THE_BROWSER } from './people.ts'
import { requireFreePort, startService, type ServiceProcess } from './service-process.ts'

/** Started, to be stopped in the opposite order. */
type Stop = () => unknown

const stops: Stop[] = []
let isStopping = false

async function stopAll(code: number): Promise<never> {
  isStopping = true
  for (const stop of stops.splice(0).toReversed()) await stop()
  if (code === 0) say('Stopped.')
  process.exit(code)
}

function onStarted(stop: Stop): void {
  stops.push(stop)
}

function say(line: string): void {
  console.log(line)
}

async function main(args: string[]): Promise<void> {
  const wrong = args.find((arg) => arg !== '--traffic')
  if (wrong !== undefined) throw new Error(`unknown option ${wrong}; there is only --traffic`)
  const isTraffic = args.includes('--traffic')
  const isDemo = !existsSync('.env')
  if (isTraffic && !isDemo)
    throw new Error(
      '--traffic places calls only in the demo, never on your PBX: move .env away first',
    )
  if (!isDemo) process.loadEnvFile('.env')
  const service = isDemo ? await startDemo(isTraffic) : await startConfigured()
  await service.ended
  if (!isStopping) throw new Error('the service ended by itself')
}

async function startConfigured(): Promise<ServiceProcess> {
  const { host, port, baseUrl } = address()
  await requireFreePort(host, port)
  const service = await startService(process.env, baseUrl, null, onStarted)
  say(
    `\nThe hotline is at ${process.env['PUBLIC_URL'] ?? baseUrl} (PBX from .env). Ctrl-C stops it.`,
  )
  return service
}

async function startDemo(isTraffic: boolean): Promise<ServiceProcess> {
  const { host, port, baseUrl } = address()
  if (host !== '127.0.0.1')
    throw new Error('the demo listens on loopback only: unset HOST, or write a .env')
  await requireFreePort(host, port)
  const pbx = await startDemoPbx(say)
  stops.push(pbx.stop)
  say(pbx.what)
  mkdirSync('data', { recursive: true })
  const env = demoEnvironment({ ...pbx, baseUrl, databaseUrl: 'sqlite:./data/demo.db' })
  const service = await startService(env, baseUrl, 'data/demo.log', onStarted)
  await seedDemo(baseUrl)
  if (pbx.browserPhone !== null) await givePhones(baseUrl, pbx.browserPhone.secret)
  const extensions = DEMO_STAFF.flatMap(({ extension }) => extension ?? [])
  if (isTraffic) await startTraffic(pbx, baseUrl, extensions)
  else await pbx.startPhones(extensions)
  say(welcome(baseUrl, isTraffic))
  return service
}

async function startTraffic(pbx: DemoPbx, baseUrl: string, extensions: string[]): Promise<void> {
  stops.push(await pbx.startTraffic(extensions, DEMO_CALLERS))
  const people = await startPeople(baseUrl, say)
  stops.push(people.stop)
}

function address() {
  const host = process.env['HOST'] ?? '127.0.0.1'
  const port = Number(process.env['PORT'] ?? 8080)
  return { host, port, baseUrl: `http://127.0.0.1:${port}` }
}

function welcome(baseUrl: string, isTraffic: boolean): string {
  const people = [{ username: 'admin', role: 'admin', extension: null }, ...DEMO_STAFF]
  const rows = people.map(
    ({ username, role, extension }) =>
      `  ${username.padEnd(10)} ${role.padEnd(11)} ${extension === null ? '' : `phone ${extension}`}`,
  )
  const busy = isTraffic
    ? `Customers keep calling. Sign in as ${PERSON_AT_THE_BROWSER}, press "Sẵn sàng" (ready), and calls pop up.`
    : 'Add --traffic and customers keep calling.'
  return [
    `\nThe hotline is at ${baseUrl}`,
    `Sign in with the password ${DEMO_PASSWORD} as`,
    ...rows,
    busy,
    'Its log is data/demo.log. Ctrl-C stops everything.',
  ].join('\n')
}

process.once('SIGINT', () => void stopAll(0))
process.once('SIGTERM', () => void stopAll(0))
try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!isStopping) {
    console.error(error instanceof Error ? error.message : error)
    await stopAll(1)
  }
}
