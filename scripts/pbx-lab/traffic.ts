import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CARRIER_HOST, EXTENSIONS } from './access.ts'
import { endProcess } from './asterisk.ts'
import type { Lab } from './lab.ts'
import { freeUdpPort } from './ports.ts'
import { SipAgent } from './sip/agent.ts'
import { parseCounts, type SippCounts } from './sipp-counts.ts'

const SCENARIOS = join(import.meta.dirname, 'sipp')

/** A load run: many customers, all agents' phones answer at once. */
export type TrafficOptions = {
  readonly callsPerSecond: number
  readonly maxCalls: number
  /** How long each agent talks before hanging up, in milliseconds. */
  readonly talkMs: number
  /** Most callers at a time; default twice the number of agents. */
  readonly maxWaiting?: number
  /** Agents whose phones answer; default the ten desk phones 101..110. */
  readonly extensions?: readonly string[]
}

/** What sipp counted on both sides. `answered` = calls that an agent's phone took and ended. */
export type TrafficResult = {
  readonly placed: SippCounts
  readonly answered: SippCounts
  readonly seconds: number
}

/** A running load run. */
export type Traffic = { readonly result: Promise<TrafficResult>; stop(): Promise<void> }

/**
 * Places calls by sipp at a fixed rate. Start the lab with `LOAD_QUEUE` (one agent rings per call;
 * with ringall every call would ring all phones) and make the extensions members first or let the
 * service do it.
 */
export async function startTraffic(lab: Lab, options: TrafficOptions): Promise<Traffic> {
  const extensions = options.extensions ?? EXTENSIONS.slice(0, 10)
  const folder = await mkdtemp(join(tmpdir(), 'hotline-traffic-'))
  const agentsPort = await freeUdpPort()
  await registerAll(lab, extensions, agentsPort)
  const agents = sipp(folder, 'agent', [
    '-i',
    '127.0.0.1',
    '-p',
    String(agentsPort),
    '-d',
    String(options.talkMs),
  ])
  const startedAt = performance.now()
  const callers = await startCallers(lab, folder, options, extensions.length)
  const result = finish(folder, callers, agents, startedAt)
  const stop = async (): Promise<void> => {
    await Promise.all([endProcess(callers), endProcess(agents)])
    await result
  }
  return { result, stop }
}

/** Queue tuning for load runs. */
export const LOAD_QUEUE = { strategy: 'rrmemory', wrapuptime: '0', retry: '1' } as const

/** Registers all phones from the port that sipp takes over: the PBX keeps the address it saw. */
async function registerAll(lab: Lab, extensions: readonly string[], port: number): Promise<void> {
  const { sip, secret } = lab.access
  const agent = await SipAgent.open(sip, '127.0.0.1', port)
  for (const extension of extensions) await agent.register({ user: extension, secret })
  agent.close()
}

async function startCallers(
  lab: Lab,
  folder: string,
  options: TrafficOptions,
  agents: number,
): Promise<ChildProcess> {
  const { sip } = lab.access
  await writeFile(join(folder, 'callers.csv'), callersFile(options.maxCalls))
  const port = await freeUdpPort(CARRIER_HOST)
  return sipp(folder, 'caller', [
    '-i',
    CARRIER_HOST,
    '-p',
    String(port),
    '-inf',
    join(folder, 'callers.csv'),
    '-r',
    String(options.callsPerSecond),
    '-m',
    String(options.maxCalls),
    '-l',
    String(options.maxWaiting ?? 2 * agents),
    `${sip.host}:${sip.port}`,
  ])
}

/** Invented callers, each with a number of its own. */
function callersFile(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = `0900${String(index + 1).padStart(6, '0')}`
    return `${number};Khach hang ${index + 1}`
  })
  return ['SEQUENTIAL', ...rows, ''].join('\n')
}

function sipp(folder: string, scenario: string, args: readonly string[]): ChildProcess {
  const file = join(SCENARIOS, `${scenario}.xml`)
  const statistics = ['-trace_stat', '-stf', join(folder, `${scenario}.csv`), '-fd', '1']
  const common = ['-sf', file, '-nostdin', '-aa', ...statistics, ...args]
  return spawn('setpriv', ['--pdeathsig=KILL', 'sipp', ...common], {
    cwd: folder,
    stdio: 'ignore',
  })
}

async function finish(
  folder: string,
  callers: ChildProcess,
  agents: ChildProcess,
  startedAt: number,
): Promise<TrafficResult> {
  if (callers.exitCode === null && callers.signalCode === null) await once(callers, 'exit')
  const seconds = (performance.now() - startedAt) / 1000
  await endProcess(agents, 'SIGUSR1')
  const [placed, answered] = await Promise.all(
    ['caller', 'agent'].map(async (name) =>
      parseCounts(await readFile(join(folder, `${name}.csv`), 'utf8')),
    ),
  )
  await rm(folder, { recursive: true, force: true })
  if (placed === undefined || answered === undefined) throw new Error('sipp wrote no counts')
  return { placed, answered, seconds }
}
