import { planDemoCall, type DemoCaller } from '../pbx-lab/demo-plan.ts'
import { startDemoTraffic } from '../pbx-lab/demo-traffic.ts'
import { startLab, type Lab } from '../pbx-lab/lab.ts'
import { installLab, labObstacle } from '../pbx-lab/root.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'

/** A PBX for the demo with phones that are answered and customers who call. */
export interface DemoPbx {
  /** What it is, in words for the person at the terminal. */
  what: string
  amiUrl: string
  dialerUrl: string
  /** Null: calls are ended and transferred at the phone. */
  controlUrl: string | null
  recordingsDir: string | null
  /** Where pages register as phones, and the secret of each; null: it has none. */
  browserPhone: { url: string; secret: string } | null
  /** Registers these extensions; each picks up by itself after some seconds. */
  startPhones: (extensions: readonly string[]) => Promise<void>
  /** The same, and customers who keep calling until the returned function is called. */
  startTraffic: (
    extensions: readonly string[],
    customers: readonly DemoCaller[],
  ) => Promise<() => Promise<void>>
  stop: () => Promise<void>
}

/** Short: with traffic the next customer comes soon. */
export const DEMO_WRAP_UP_SECONDS = '3'
const SECONDS_BETWEEN_CALLS = 12
const STAYS_MS = { min: 15_000, max: 40_000 }

/** A real Asterisk where it can be had, otherwise the simulator; says which and why in one line. */
export async function startDemoPbx(say: (line: string) => void): Promise<DemoPbx> {
  const obstacle = process.env['HOTLINE_DEMO_PBX'] === 'simulator' ? 'asked for' : labObstacle()
  if (obstacle !== null) return simulatedPbx(obstacle)
  try {
    await installLab(say)
    return labPbx(await startLab({ queues: { wrapuptime: DEMO_WRAP_UP_SECONDS } }))
  } catch (error) {
    return simulatedPbx(firstLine(error))
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

async function simulatedPbx(reason: string): Promise<DemoPbx> {
  const simulator = await startSimulator()
  return {
    what: `PBX: the bundled simulator, no sound (${reason})`,
    amiUrl: simulator.amiUrl,
    dialerUrl: simulator.dialerUrl,
    controlUrl: null,
    recordingsDir: null,
    browserPhone: null,
    startPhones: async () => undefined,
    startTraffic: async (_extensions, customers) => simulateTraffic(simulator, customers),
    stop: () => simulator.stop(),
  }
}

function simulateTraffic(
  simulator: Simulator,
  customers: readonly DemoCaller[],
): () => Promise<void> {
  let placed = 0
  const placeNext = () => {
    const plan = planDemoCall(placed, customers, STAYS_MS, Math.random())
    placed += 1
    simulator.placeCall({
      number: plan.withheld ? null : plan.caller.number,
      talkMs: plan.staysMs,
      ...(plan.givesUpAfterMs !== null && { patienceMs: plan.givesUpAfterMs }),
    })
  }
  const timer = setInterval(placeNext, SECONDS_BETWEEN_CALLS * 1000)
  placeNext()
  return async () => clearInterval(timer)
}

function labPbx(lab: Lab): DemoPbx {
  const example = `scripts/lab call ${lab.access.id} 0912000101 20`
  return {
    what: `PBX: a real Asterisk 22 of its own, SIP on loopback (\`${example}\` places a call)`,
    amiUrl: lab.amiUrl,
    dialerUrl: lab.dialerUrl,
    browserPhone: { url: lab.browserPhoneUrl, secret: lab.access.secret },
    controlUrl: lab.controlUrl,
    recordingsDir: lab.recordingsDir,
    startPhones: async (extensions) => {
      for (const extension of extensions)
        await lab.startPhone({ extension, behaviour: 'answer', answerAfterMs: 4_000 })
      await lab.customerPhone({ number: '*', behaviour: 'answer', answerAfterMs: 3_000 })
    },
    startTraffic: async (extensions, customers) => {
      const secondsBetweenCalls = SECONDS_BETWEEN_CALLS
      const options = { extensions, customers, secondsBetweenCalls, staysMs: STAYS_MS }
      const traffic = await startDemoTraffic(lab, options)
      return () => traffic.stop()
    },
    stop: () => lab.stop(),
  }
}
