import { z } from 'zod'
import { signIn, type ApiClient } from './api-client.ts'
import { DEMO_PASSWORD, PERSON_AT_THE_BROWSER, ROBOT_AGENTS } from './people.ts'

/** As much of `GET /api/desk` as the traffic looks at. */
const desk = z.object({
  state: z.object({ state: z.string() }),
  pops: z.array(
    z.object({
      stage: z.string(),
      call: z.object({ number: z.object({ key: z.string().nullable() }) }),
      ticket: z.object({ id: z.string() }).nullable(),
      promise: z.unknown(),
    }),
  ),
})

const LOOK_AT_DESKS_MS = 6_000
/** How many of the conversations end with "we call you back". */
const PROMISED_SHARE = 0.4
/** A demo does not wait 30 minutes. */
const PROMISE_MS = 30_000

/**
 * Keeps agents at work as if they sat at their pages: two robots are ready, and some conversations,
 * also of the person at the browser, end with "we call you back". Calls come from the PBX.
 */
export async function startPeople(
  baseUrl: string,
  say: (line: string) => void,
): Promise<{ stop: () => void }> {
  const agents = new Map<string, ApiClient>()
  for (const username of [...ROBOT_AGENTS, PERSON_AT_THE_BROWSER])
    agents.set(username, await signIn(baseUrl, { username, password: DEMO_PASSWORD }))
  for (const username of ROBOT_AGENTS)
    await agents.get(username)?.post('/api/desk/state', { state: 'ready' })
  return repeat(promisingRound([...agents.values()]), say)
}

/** Runs `round` again and again; a fault is said once and does not end it. */
function repeat(round: () => Promise<void>, say: (line: string) => void): { stop: () => void } {
  let timer: NodeJS.Timeout
  let isStopped = false
  const said = new Set<string>()
  const next = async (): Promise<void> => {
    await round().catch((error: unknown) => {
      const line = error instanceof Error ? error.message : String(error)
      if (!said.has(line) && !isStopped) say(`traffic: ${line}`)
      said.add(line)
    })
    if (!isStopped) timer = setTimeout(() => void next(), LOOK_AT_DESKS_MS)
  }
  timer = setTimeout(() => void next(), LOOK_AT_DESKS_MS)
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Each ticket is thought about once: promised a callback, or not. */
function promisingRound(agents: ApiClient[]): () => Promise<void> {
  const seen = new Set<string>()
  return async () => {
    for (const agent of agents) {
      const { pops } = desk.parse(await agent.get('/api/desk'))
      // a hidden number cannot be called back
      const fresh = pops.filter(
        ({ stage, call }) => stage === 'answered' && call.number.key !== null,
      )
      for (const { ticket, promise } of fresh) {
        if (ticket === null || seen.has(ticket.id)) continue
        seen.add(ticket.id)
        // The first always, so that a new demo soon shows one.
        const isPromised = seen.size === 1 || Math.random() < PROMISED_SHARE
        if (promise !== null || !isPromised) continue
        const dueAt = new Date(Date.now() + PROMISE_MS).toISOString()
        await agent.post(`/api/tickets/${ticket.id}/callbacks`, { dueAt })
      }
    }
  }
}
