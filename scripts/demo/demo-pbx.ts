import { startSimulator } from '../simulator/simulator.ts'
import { startLab, type Lab } from '../pbx-lab/lab.ts'
import { installLab, labObstacle } from '../pbx-lab/root.ts'

/** A PBX for the demo with phones that are answered and customers who call. */
export interface DemoPbx {
  /** What it is, in words for the person at the terminal. */
  what: string
  amiUrl: string
  dialerUrl: string
  recordingsDir: string | null
  /** Registers these extensions; each picks up by itself after some seconds. */
  startPhones: (extensions: readonly string[]) => Promise<void>
  /** A customer calls the hotline and hangs up after `talkSeconds` or when nobody answers. */
  placeCall: (call: DemoCall) => Promise<void>
  stop: () => Promise<void>
}

export interface DemoCall {
  /** Null: the caller withholds the number. */
  number: string | null
  talkSeconds: number
}

/** A real Asterisk where it can be had, otherwise the simulator; says which and why in one line. */
export async function startDemoPbx(say: (line: string) => void): Promise<DemoPbx> {
  const obstacle = process.env['HOTLINE_DEMO_PBX'] === 'simulator' ? 'asked for' : labObstacle()
  if (obstacle !== null) return simulatedPbx(obstacle)
  try {
    await installLab(say)
    return labPbx(await startLab({ queues: { wrapuptime: '3' } }))
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
    recordingsDir: null,
    startPhones: async () => undefined,
    placeCall: async ({ number, talkSeconds }) => {
      simulator.placeCall({ number, talkMs: talkSeconds * 1000 })
    },
    stop: () => simulator.stop(),
  }
}

const CUSTOMER_TALKS_MS = 15_000
/** Notice, waiting and ringing come out of a caller's time too. */
const BEFORE_TALKING_MS = 10_000

async function labPbx(lab: Lab): Promise<DemoPbx> {
  await lab.customerPhone({
    number: '*',
    behaviour: 'answer',
    answerAfterMs: 3_000,
    hangupAfterMs: CUSTOMER_TALKS_MS,
  })
  return {
    what: `PBX: a real Asterisk 22 of its own (SIP on loopback; \`scripts/lab call ${lab.access.id} 0912000101 20\` places a call)`,
    amiUrl: lab.amiUrl,
    dialerUrl: lab.dialerUrl,
    recordingsDir: lab.recordingsDir,
    startPhones: async (extensions) => {
      for (const [index, extension] of extensions.entries()) {
        const answerAfterMs = 2_500 + 1_500 * index
        await lab.startPhone({ extension, behaviour: 'answer', answerAfterMs })
      }
    },
    placeCall: async ({ number, talkSeconds }) => {
      await lab.placeCall({
        from: number ?? '0912000199',
        withheld: number === null,
        hangupAfterMs: BEFORE_TALKING_MS + talkSeconds * 1000,
      })
    },
    stop: () => lab.stop(),
  }
}
