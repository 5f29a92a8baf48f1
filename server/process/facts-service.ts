import type { Instant } from '#contract/primitives.ts'
import { ticketStatus } from '#contract/tickets.ts'
import { addDays, endOfLocalDay, localDay } from '../calendar/working-days.ts'
import type { Db } from '../db/schema.ts'
import type { Clock } from '../ports.ts'
import { isOpen } from '../tickets/ticket.ts'
import type { Actor, Case, CaseFacts, TargetFacts } from './case.ts'
import { answersOnChannel } from './objections.ts'
import { lastPromiseAt, listEvidence, type NotedEvidence, readTarget } from './process-store.ts'
import type { Asked, AskedFact } from './rows/asked-facts.ts'

export interface FactsDeps {
  clock: Clock
  isWorkingDay: (at: Instant) => boolean
  /** Answers of the checklist: how many steps are ticked, and whether the last of them is nok. */
  stepsOf: (db: Db, ticketId: string) => Promise<CaseFacts['steps']>
  /** Whether reception answers this category without NOC. */
  isReceptions: (category: string) => boolean
  isOfTeam: (staffId: string, kind: 'noc') => boolean
  isClockRunning: (db: Db, ticketId: string, clock: 'noc') => Promise<boolean>
  /** When the contact and an agent talked for at least so long, on calls of this ticket since then. */
  talksWith: (
    db: Db,
    talk: { ticketId: string; number: string; since: Instant; seconds: number; now: Instant },
  ) => Promise<Instant[]>
  unmergeBlocked: (db: Db, ticketId: string) => Promise<string | null>
  /** SHORTEST_TALK_SECONDS: a shorter call is no answer. */
  shortestTalkSeconds: number
  /** FAULTS_SOLVED_ON_CALL: a fault that the customer confirmed in the same call needs no callback. */
  mayResolveOnCall: boolean
}

export type FactsService = ReturnType<typeof createFactsService>

/** One look at the evidence on a ticket. */
export interface Seen {
  noted: readonly NotedEvidence[]
  talks: readonly NotedEvidence[]
}

const ANY_EVIDENCE: readonly AskedFact[] = ['noted', 'talks']

/** Nothing of the checklist, as of a ticket whose guidance has not begun. */
const NO_STEPS: CaseFacts['steps'] = { ticked: 0, lastIsNok: false }

/** Looks up what a step needs to know around its ticket, and no more than its state asks for. */
export function createFactsService(deps: FactsDeps) {
  const { clock, isWorkingDay } = deps

  async function gather(
    db: Db,
    ticket: Case,
    asked: { actor: Actor | null; targetId: string | null; by: Asked; seen?: Seen },
  ): Promise<CaseFacts> {
    const now = clock.now()
    const needed = asked.by[ticket.status] ?? []
    const evidence = inOrder(asked.seen ?? (await look(db, ticket, needed)), needed)
    const promisedAt = needed.includes('promise') ? await lastPromiseAt(db, ticket.id) : null
    return {
      now,
      actor: asked.actor,
      steps: needed.includes('steps') ? await deps.stepsOf(db, ticket.id) : NO_STEPS,
      spokeSincePromise:
        promisedAt !== null && evidence.some(({ kind, at }) => kind === 'call' && at >= promisedAt),
      evidence,
      nocClockRuns:
        needed.includes('noc_clock') && (await deps.isClockRunning(db, ticket.id, 'noc')),
      nocPerson: nocPersonOf(ticket),
      answeredByReception: ticket.category !== null && deps.isReceptions(ticket.category),
      mayResolveOnCall: deps.mayResolveOnCall,
      target: asked.targetId === null ? null : await targetOf(db, asked.targetId),
      unmergeBlocked: ticket.mergedInto === null ? null : await deps.unmergeBlocked(db, ticket.id),
      isWorkingDay,
      localDay,
      endOfDayAfter: (at, days) => endOfLocalDay(addDays(localDay(at), days)),
    }
  }

  function nocPersonOf({ nocAssigneeId: id }: Case): string | null {
    return id !== null && deps.isOfTeam(id, 'noc') ? id : null
  }

  /** What is noted, and the talks that the calls themselves are evidence of, as far as needed. */
  async function look(db: Db, ticket: Case, needed: readonly AskedFact[]): Promise<Seen> {
    const noted = needed.includes('noted') ? await listEvidence(db, ticket.id) : []
    const { contactNumber: number, receivedAt: since } = ticket
    if (number === null || !needed.includes('talks')) return { noted, talks: [] }
    const seconds = deps.shortestTalkSeconds
    const talk = { ticketId: ticket.id, number, since, seconds, now: clock.now() }
    const talks = await deps.talksWith(db, talk)
    const call = { channel: 'hotline', kind: 'call', reference: '', staffId: null } as const
    return { noted, talks: talks.map((at) => ({ at, ...call })) }
  }

  /** All that there is of answers and tries: what a page shows of them, and its steps go by. */
  function lookAll(db: Db, ticket: Case): Promise<Seen> {
    return look(db, ticket, ANY_EVIDENCE)
  }

  return { gather, lookAll }
}

/** Oldest first. */
function inOrder({ noted, talks }: Seen, needed: readonly AskedFact[]): NotedEvidence[] {
  const fits = [
    ...(needed.includes('noted') ? noted : []),
    ...(needed.includes('talks') ? talks : []),
  ]
  return fits.toSorted((one, other) => one.at.localeCompare(other.at))
}

/** Answers and tries, oldest first, and which of them answer the customer as row 22 asks. */
export function repliesIn(ticket: Case, seen: Seen): (NotedEvidence & { counts: boolean })[] {
  const evidence = inOrder(seen, ANY_EVIDENCE)
  const counted = new Set(answersOnChannel(ticket, { evidence }))
  return evidence.map((one) => ({ ...one, counts: counted.has(one) }))
}

async function targetOf(db: Db, id: string): Promise<TargetFacts | null> {
  const found = await readTarget(db, id)
  if (found === null) return null
  const status = ticketStatus.parse(found.status)
  return { ...found, status, isOpen: isOpen(status) }
}
