import type { BookCall, BookCounts, BookTicket, Books, Evidence } from './evidence.ts'
import type { RingRecord, StaffRecord, Witness } from './evidence.ts'
import { expectedCalls, type ExpectedCall, type Figure, isDeaf } from './expected.ts'

/** One thing that the service says otherwise than queue_log or the phones. */
export type Difference = {
  /** The call's uniqueid, or the number where there is none. */
  readonly call: string
  readonly kind: string
  readonly field: string
  readonly expected: string
  readonly found: string
}

/** How many of a kind there were, and how many were right in everything. */
export type Line = { readonly kind: string; readonly calls: number; readonly equal: number }

/** Something that the service cannot know, and why. */
export type Excused = { readonly call: string; readonly why: string }

/** What came of comparing a run. */
export type Comparison = {
  readonly lines: readonly Line[]
  readonly differences: readonly Difference[]
  /** What nobody could tell the service, call by call. */
  readonly excused: readonly Excused[]
  readonly tickets: { readonly expected: number; readonly found: number }
}

/** Seconds by which two clocks may differ that count whole seconds. */
const TOLERANCE_SECONDS = 1
/** The service tells whole seconds, the phones thousandths. */
const ROUNDING_SECONDS = 0.5

/** Holds the books against the witnesses. */
export function compareRun({ witness, books }: Omit<Evidence, 'errors'>): Comparison {
  const expected = expectedCalls(witness)
  const judged = expected.map((call) => judgeCall(call, books))
  const promises = judgePromises(witness, books)
  const excused = [...judged.flatMap((one) => one.excused), ...cutCallbacks(witness)]
  const differences = [
    ...judged.flatMap((one) => one.differences),
    ...nothingElse(judged, books),
    ...promises,
    ...judgeCounters(judged, books.today),
  ]
  return {
    lines: linesOf(judged, witness, promises, books),
    differences,
    excused,
    tickets: {
      expected: judged.filter(({ call, isExcused }) => call.assignee !== null && !isExcused).length,
      found: books.tickets.length,
    },
  }
}

type Judged = {
  readonly call: ExpectedCall
  readonly found: BookCall | null
  readonly differences: readonly Difference[]
  /** The call as a whole is not in the books, and nobody could tell of it. */
  readonly isExcused: boolean
  readonly excused: readonly Excused[]
}

function judgeCall(call: ExpectedCall, books: Books): Judged {
  const found = findCall(call, books.calls)
  const all = differencesOf(call, found, books.tickets)
  if (all.length > 0 && call.excuse !== null && isForgotten(found)) {
    const excused = [{ call: call.uniqueid ?? call.number, why: call.excuse }]
    return { call, found, differences: [], isExcused: true, excused }
  }
  const excused = all.flatMap((one) => excusedBy(call, one) ?? [])
  const differences = all.filter((one) => excusedBy(call, one) === null)
  return { call, found, differences, isExcused: false, excused }
}

/** Null when the service could have known. */
function excusedBy({ unseen }: ExpectedCall, difference: Difference): Excused | null {
  const { call, field, expected, found } = difference
  const why = Object.entries(unseen).find(([name]) => name === field)?.[1]
  return why === undefined ? null : { call, why: `${why} (${field}: ${expected}, ${found})` }
}

/** A callback leaves no word in the journal when the PBX crashes under it: it is tried again. */
function isCutUnseen(ring: RingRecord, { listening, pbxDown }: Witness): boolean {
  const { answeredAt } = ring
  if (answeredAt === null) return false
  const kill = pbxDown.find(({ from }) => from >= answeredAt)
  if (kill === undefined || (ring.endedAt ?? 0) < kill.from) return false
  return isDeaf(listening, { from: answeredAt, to: kill.from })
}

function cutCallbacks(witness: Witness): Excused[] {
  return witness.rings
    .filter((ring) => isCutUnseen(ring, witness))
    .map(({ number }) => ({ call: number, why: 'called back while both went down, tried again' }))
}

/** What is left of a call whose answer nobody could tell: nothing, or an end that nobody saw. */
function isForgotten(found: BookCall | null): boolean {
  return found === null || (found.outcome === 'unobserved' && found.ticketId === null)
}

function findCall(call: ExpectedCall, calls: readonly BookCall[]): BookCall | null {
  const inbound = calls.filter(({ direction }) => direction === 'inbound')
  const own = inbound.filter(({ uniqueid }) => uniqueid === call.uniqueid)
  const named = call.uniqueid === null ? inbound.filter((one) => sameNumber(one, call)) : own
  return named[0] ?? null
}

function differencesOf(
  call: ExpectedCall,
  found: BookCall | null,
  tickets: readonly BookTicket[],
): Difference[] {
  if (found === null || call.outcome === null)
    return [different(call, 'call', call.outcome ?? 'none', found?.outcome ?? 'none')].filter(
      isReal,
    )
  const ticket = tickets.find(({ id }) => id === found.ticketId)
  return [
    different(call, 'outcome', call.outcome, found.outcome ?? 'none'),
    different(call, 'queue', call.queue ?? 'none', found.queue ?? 'none'),
    different(call, 'ticket of', call.assignee ?? 'none', ticket?.assignee ?? 'none'),
    different(call, 'agents', call.agents.join(' '), found.agents.join(' ')),
    differentSeconds(call, 'wait', call.wait, found.waitSeconds),
    differentSeconds(call, 'talk', call.talk, found.talkSeconds),
  ].filter(isReal)
}

function isReal(one: Difference | null): one is Difference {
  return one !== null
}

function different(
  { uniqueid, number, kind }: ExpectedCall,
  field: string,
  expected: string,
  found: string,
): Difference | null {
  return expected === found ? null : { call: uniqueid ?? number, kind, field, expected, found }
}

function differentSeconds(
  call: ExpectedCall,
  field: string,
  figure: Figure | null,
  found: number | null,
): Difference | null {
  const tolerance = TOLERANCE_SECONDS + (figure?.by === 'phones' ? ROUNDING_SECONDS : 0)
  if (figure !== null && found !== null && Math.abs(figure.seconds - found) <= tolerance)
    return null
  const expected = figure === null ? 'none' : `${figure.seconds} s by ${figure.by}`
  return different(call, field, expected, found === null ? 'none' : `${found} s`)
}

/** Calls and tickets of which neither queue_log nor a phone knows. */
function nothingElse(judged: readonly Judged[], books: Books): Difference[] {
  const calls = new Set(judged.map(({ found }) => found?.id))
  const owed = judged.filter(({ call }) => call.assignee !== null)
  const tickets = new Set(owed.map(({ found }) => found?.ticketId))
  const nobody = { kind: 'nobody placed it', expected: 'none' }
  return [
    ...books.calls
      .filter(({ id, direction }) => direction === 'inbound' && !calls.has(id))
      .map(({ uniqueid, outcome }) => ({
        ...nobody,
        call: uniqueid,
        field: 'call',
        found: String(outcome),
      })),
    ...books.tickets
      .filter(({ id }) => !tickets.has(id))
      .map(({ code, number }) => ({ ...nobody, call: number, field: 'ticket', found: code })),
  ]
}

/** The board against a recount of queue_log, without those that nobody could tell. */
function judgeCounters(
  judged: readonly Judged[],
  today: Readonly<Record<string, BookCounts>>,
): Difference[] {
  const queues = new Set([...Object.keys(today), ...judged.flatMap(({ call }) => call.queue ?? [])])
  return [...queues].flatMap((queue) => {
    const own = judged.filter(({ call }) => call.queue === queue)
    const told = own.filter(({ isExcused }) => !isExcused)
    const expected: BookCounts = {
      offered: own.filter(({ isExcused, found }) => !isExcused || found !== null).length,
      answered: told.filter(({ call }) => call.assignee !== null).length,
      abandoned: told.filter(({ call }) => call.outcome === 'abandoned').length,
    }
    const found = today[queue] ?? { offered: 0, answered: 0, abandoned: 0 }
    return (['offered', 'answered', 'abandoned'] as const)
      .filter((name) => expected[name] !== found[name])
      .map((name) => ({
        call: queue,
        kind: 'counter',
        field: name,
        expected: String(expected[name]),
        found: String(found[name]),
      }))
  })
}

/** Each promise against the customer's phone: who was talked with was reached, once, and no other. */
function judgePromises(witness: Witness, { promises, calls }: Books): Difference[] {
  const { promised, rings } = witness
  return promised.flatMap((number) => {
    const own = rings.filter((ring) => ring.number === number)
    const promise = promises.find((one) => sameNumber(one, { number }))
    const differ = (field: string, expected: string, found: string): Difference[] =>
      expected === found ? [] : [{ call: number, kind: 'callback', field, expected, found }]
    if (promise === undefined) return differ('promise', 'one', 'none')
    const talks = own.filter((ring) => ring.heard.length > 0 && !isCutUnseen(ring, witness))
    const reached = promise.attempts.filter((outcome) => outcome === 'reached').length
    return [
      ...differ('reached', String(talks.length), String(reached)),
      ...differ('kept', String(talks.length > 0), String(promise.status === 'done')),
      ...differ(
        'called at most once per attempt',
        'true',
        String(own.length <= promise.attempts.length),
      ),
      ...talks.flatMap((ring) => judgeTalk(ring, calls, differ)),
    ]
  })
}

function judgeTalk(
  ring: RingRecord,
  calls: readonly BookCall[],
  differ: (field: string, expected: string, found: string) => Difference[],
): Difference[] {
  const from = ring.heard[0]?.from ?? 0
  const seconds = ((ring.endedAt ?? from) - from) / 1000
  const own = calls.filter((call) => call.direction === 'callback' && sameNumber(call, ring))
  const isThere = own.some(
    ({ talkSeconds }) =>
      talkSeconds !== null &&
      Math.abs(talkSeconds - seconds) <= TOLERANCE_SECONDS + ROUNDING_SECONDS,
  )
  const found = own.map(({ talkSeconds }) => `${talkSeconds} s`).join(', ')
  return isThere ? [] : differ('talk', `${seconds} s by phones`, found)
}

function linesOf(
  judged: readonly Judged[],
  { promised, staff }: Witness,
  promises: readonly Difference[],
  books: Books,
): Line[] {
  const groups = Map.groupBy(judged, ({ call }) => call.kind)
  const lines = [...groups].map(([kind, own]) => ({
    kind,
    calls: own.length,
    equal: own.filter(({ differences, isExcused }) => differences.length === 0 && !isExcused)
      .length,
  }))
  const wrong = new Set(promises.map(({ call }) => call))
  const callbacks = {
    kind: 'callback',
    calls: promised.length,
    equal: promised.length - wrong.size,
  }
  const silent = (['outgoing', 'internal'] as const).map((kind) => {
    const own = staff.filter((one) => one.kind === kind)
    return { kind, calls: own.length, equal: own.filter((one) => !hasTrace(one, books)).length }
  })
  return [...lines, callbacks, ...silent].filter(({ calls }) => calls > 0)
}

/** Calls of our own people leave nothing: none of the number they called, nor of an extension. */
function hasTrace({ kind, number }: StaffRecord, { calls, tickets }: Books): boolean {
  const found = [...calls.filter(({ direction }) => direction === 'inbound'), ...tickets]
  return found.some((one) =>
    kind === 'outgoing' ? sameNumber(one, { number }) : /^\d{1,4}$/.test(one.number),
  )
}

/** A Vietnamese number's last nine digits are the same however it is written. */
function sameNumber(one: { readonly number: string }, two: { readonly number: string }): boolean {
  return one.number.slice(-9) === two.number.slice(-9)
}
