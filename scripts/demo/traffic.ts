import { z } from 'zod'
import { signIn, type ApiClient } from './api-client.ts'
import type { DemoPbx } from './demo-pbx.ts'
import { DEMO_CUSTOMERS, DEMO_PASSWORD, PERSON_AT_THE_BROWSER, ROBOT_AGENTS } from './people.ts'

/** As much of `GET /api/desk` as the traffic looks at. */
const desk = z.object({
  state: z.object({ state: z.string() }),
  pops: z.array(
    z.object({
      stage: z.string(),
      ticket: z.object({ id: z.string() }).nullable(),
      promise: z.unknown(),
    }),
  ),
})

const BETWEEN_CALLS_MS = { from: 4_000, to: 12_000 }
const TALK_SECONDS = { from: 10, to: 30 }
const CALLS_AT_ONCE = 4
const LOOK_AT_DESKS_MS = 6_000
/** How many of the conversations end with "we call you back". */
const PROMISED_SHARE = 0.4
/** A demo does not wait 30 minutes. */
const PROMISE_MINUTES = 1

/** Keeps the demo busy: customers call, agents answer, some are promised a callback. */
export async function startTraffic(
  baseUrl: string,
  pbx: DemoPbx,
  say: (line: string) => void,
): Promise<{ stop: () => void }> {
  const agents = new Map<string, ApiClient>()
  for (const username of [...ROBOT_AGENTS, PERSON_AT_THE_BROWSER])
    agents.set(username, await signIn(baseUrl, { username, password: DEMO_PASSWORD }))
  for (const username of ROBOT_AGENTS)
    await agents.get(username)?.post('/api/desk/state', { state: 'ready' })
  const stopCalls = repeat(between(BETWEEN_CALLS_MS), callingRound(pbx), say)
  const stopDesks = repeat(() => LOOK_AT_DESKS_MS, promisingRound([...agents.values()]), say)
  return {
    stop: () => {
      stopCalls()
      stopDesks()
    },
  }
}

/** Runs `round` again and again; a failed round is said once and does not end the traffic. */
function repeat(pauseMs: () => number, round: () => Promise<void>, say: (line: string) => void) {
  let timer: NodeJS.Timeout
  let isStopped = false
  const said = new Set<string>()
  const next = async (): Promise<void> => {
    try {
      await round()
    } catch (error) {
      const line = error instanceof Error ? error.message : String(error)
      if (!said.has(line)) say(`traffic: ${line}`)
      said.add(line)
    }
    if (!isStopped) timer = setTimeout(() => void next(), pauseMs())
  }
  timer = setTimeout(() => void next(), 500)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

function callingRound(pbx: DemoPbx): () => Promise<void> {
  const endsAt: number[] = []
  return async () => {
    const now = performance.now()
    const live = endsAt.filter((at) => at > now)
    if (live.length >= CALLS_AT_ONCE) return
    const talkSeconds = Math.round(between(TALK_SECONDS)())
    endsAt.splice(0, endsAt.length, ...live, now + talkSeconds * 1000)
    await pbx.placeCall({ number: someNumber(), talkSeconds })
  }
}

/** Customers that are known, some that are not, and now and then a withheld number. */
function someNumber(): string | null {
  const chance = Math.random()
  if (chance < 0.1) return null
  if (chance < 0.25) return `0987${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`
  const numbers = DEMO_CUSTOMERS.flatMap(({ phones }) => phones ?? []).map(({ number }) =>
    number.replaceAll(' ', ''),
  )
  return numbers[Math.floor(Math.random() * numbers.length)] ?? null
}

/** Each ticket is thought about once: promised a callback, or not. */
function promisingRound(agents: ApiClient[]): () => Promise<void> {
  const seen = new Set<string>()
  return async () => {
    for (const agent of agents) {
      const { pops } = desk.parse(await agent.get('/api/desk'))
      const fresh = pops.filter(({ stage }) => stage === 'answered')
      for (const { ticket, promise } of fresh) {
        if (ticket === null || seen.has(ticket.id)) continue
        seen.add(ticket.id)
        if (promise !== null || Math.random() >= PROMISED_SHARE) continue
        await agent.post(`/api/tickets/${ticket.id}/callbacks`, { inMinutes: PROMISE_MINUTES })
      }
    }
  }
}

function between({ from, to }: { from: number; to: number }): () => number {
  return () => from + Math.random() * (to - from)
}
