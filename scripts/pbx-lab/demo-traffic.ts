import { setTimeout as delay } from 'node:timers/promises'
import { planDemoCall, type DemoCaller } from './demo-plan.ts'
import type { Lab } from './lab.ts'

/** Calls for a person to look at: a few a minute, with everything that happens on a real day. */
export type DemoTrafficOptions = {
  /** Phones that answer by themselves; their agents join the queue in the service. */
  readonly extensions: readonly string[]
  /** Customers whose numbers call; strangers and hidden numbers are added. */
  readonly customers: readonly DemoCaller[]
  readonly secondsBetweenCalls?: number
  /** How long a caller stays on the line, waiting and talking. */
  readonly staysMs?: { readonly min: number; readonly max: number }
  /** How long agents' phones ring. */
  readonly ringMs?: number
}

/** Demo traffic that runs until it is stopped. */
export type DemoTraffic = { placed(): number; stop(): Promise<void> }

/**
 * Keeps placing calls on a lab. Agents' phones answer after `ringMs`; the customers take the
 * promised callbacks, except every number that ends in 7 (busy) or 9 (nobody at home).
 */
export async function startDemoTraffic(
  lab: Lab,
  options: DemoTrafficOptions,
): Promise<DemoTraffic> {
  const staysMs = options.staysMs ?? { min: 15_000, max: 40_000 }
  const gapMs = (options.secondsBetweenCalls ?? 12) * 1000
  const stopped = new AbortController()
  await startPhones(lab, options, staysMs.max)
  await startCustomers(lab, options.customers)
  let placed = 0
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const plan = planDemoCall(placed, options.customers, staysMs, Math.random())
      placed += 1
      void playCall(lab, plan, stopped.signal)
      await delay(gapMs, null, { signal: stopped.signal }).catch(() => null)
    }
  }
  const running = run()
  const stop = async (): Promise<void> => {
    stopped.abort()
    await running
  }
  return { placed: () => placed, stop }
}

async function startPhones(
  lab: Lab,
  options: DemoTrafficOptions,
  longestMs: number,
): Promise<void> {
  for (const extension of options.extensions) {
    const answerAfterMs = options.ringMs ?? 4_000
    const hangupAfterMs = longestMs * 2
    await lab.startPhone({ extension, behaviour: 'answer', answerAfterMs, hangupAfterMs })
  }
}

async function startCustomers(lab: Lab, customers: readonly DemoCaller[]): Promise<void> {
  const pickUp = { behaviour: 'answer', answerAfterMs: 3_000, hangupAfterMs: 20_000 } as const
  await lab.customerPhone({ number: '*', ...pickUp })
  for (const { number } of customers) {
    if (number.endsWith('7')) await lab.customerPhone({ number, behaviour: 'busy' })
    if (number.endsWith('9')) await lab.customerPhone({ number, behaviour: 'ignore' })
  }
}

/** One customer's call: gives up early, or stays for a while. */
async function playCall(
  lab: Lab,
  plan: ReturnType<typeof planDemoCall>,
  signal: AbortSignal,
): Promise<void> {
  const { number: from, name } = plan.caller
  const call = await lab.placeCall({ from, withheld: plan.withheld, ...(name && { name }) })
  const isAnswered = await call.sip.up
  if (!isAnswered) return
  const lasts = plan.givesUpAfterMs ?? plan.staysMs
  await delay(lasts, null, { signal }).catch(() => null)
  await call.hangup().catch(() => null)
}
