import type { Database } from '../../../server/db/transaction.ts'
import { createTestClock, type TestClock } from '../clock.ts'
import { type LiveHouse, openLiveHouse } from '../live-house.ts'
import { aMember } from '../queue-events.ts'
import { PHONES, RESTING } from './scene.ts'
import {
  BEGINS_MS,
  CHECKED_MS,
  generateDay,
  MIDNIGHT_MS,
  OVER_MS,
  PBX_IDS,
  QUEUES,
  RESTART_MS,
} from './generate-day.ts'
import {
  dayOf,
  differenceOf,
  EMPTY,
  knownBefore,
  NOBODY,
  type PhoneTally,
  placeOf,
  plus,
  recountBefore,
  recountPhones,
  type Tally,
  tallyOf,
  withRests,
} from './recount.ts'
import type { Caller, PhoneSeen, Told } from './told-caller.ts'

/** What is heard within this time is told in one go, at its beginning. */
const STEP_MS = 30_000
/** The board is shown anew at least so soon after a change. */
const SHOWN_WITHIN_MS = 1_000

export interface Replayed {
  calls: number
  events: number
  /** Figures that were compared: of boards, of sums and of single calls. */
  compared: number
  differences: string[]
}

interface Replay {
  database: Database
  clock: TestClock
  callers: readonly Caller[]
  house: LiveHouse
  result: Replayed
}

/**
 * A generated day and the morning after through the real house. At noon, where the service starts anew,
 * at midnight and when everything was told, the board, the same after a restart, the sums over the rows
 * and each row are held against a recount that shares no code with the service.
 */
export async function replayDay(
  database: Database,
  { calls, seed }: { calls: number; seed: number },
): Promise<Replayed> {
  const callers = withRests(generateDay(calls, seed), RESTART_MS)
  const clock = createTestClock(new Date(BEGINS_MS).toISOString())
  const house = await openHouse(database, clock, true)
  const result: Replayed = { calls, events: 0, compared: 0, differences: [] }
  const replay: Replay = { database, clock, callers, house, result }
  const heard = callers.flatMap(heardOf)
  const steps = [...Map.groupBy(heard, ({ stepMs }) => stepMs)].toSorted(([a], [b]) => a - b)
  for (const checkMs of CHECKED_MS) {
    while ((steps[0]?.[0] ?? OVER_MS) < checkMs) await tell(replay, steps.shift()?.[1] ?? [])
    await advanceTo(clock, checkMs - 1)
    await check(replay, checkMs)
    if (checkMs === MIDNIGHT_MS) await checkNewDay(replay)
  }
  if (steps.length > 0) result.differences.push(`${steps.length} steps were never told`)
  await replay.house.stop()
  return result
}

/** What is told in one go at `stepMs`. */
type Heard = { stepMs: number; heardMs: number } & (Told | Shown)

/** Of a phone that is seen everything is told in its own moment: its rests are measured. */
function heardOf({ pbxId, told, seen }: Caller): Heard[] {
  const stepOf = ({ heardMs }: { heardMs: number }) =>
    seen.length > 0 ? heardMs : heardMs - (heardMs % STEP_MS)
  return [
    ...told.map((one) => ({ ...one, stepMs: stepOf(one) })),
    ...seen.map((one) => ({ pbxId, seen: one, heardMs: one.heardMs, stepMs: stepOf(one) })),
  ]
}

async function openHouse(database: Database, clock: TestClock, hire: boolean): Promise<LiveHouse> {
  const house = await openLiveHouse(database, { clock, hire, queues: QUEUES, pbxIds: PBX_IDS })
  if (!hire) return house
  for (const phone of PHONES) {
    if (!['101', '102'].includes(phone)) await house.addPerson(`agent${phone}`, phone)
  }
  for (const phone of Object.values(RESTING)) {
    await house.queues.setState(house.person(`agent${phone}`), { state: 'ready' })
  }
  await house.settled()
  return house
}

async function tell({ house, clock, result }: Replay, heard: Heard[]): Promise<void> {
  const [first] = heard
  if (first === undefined) return
  await advanceTo(clock, first.stepMs)
  for (const one of heard.toSorted((a, b) => a.heardMs - b.heardMs)) {
    if ('event' in one) house.ears.onCallEvent(one.event)
    else showPhone(house, one)
  }
  result.events += heard.length
  await house.settled()
  house.notifier.clear()
}

type Shown = { pbxId: string; seen: PhoneSeen }

function showPhone({ happen }: LiveHouse, { pbxId, seen }: Shown): void {
  const { phone, inUse, lastCallMs, wrapUpSeconds } = seen
  const lastCallAt = lastCallMs === null ? null : new Date(lastCallMs).toISOString()
  const member = aMember(phone, { deviceStatus: inUse ? 2 : 1, lastCallAt, wrapUpSeconds })
  happen({ type: 'member_status', member }, pbxId)
}

/** Who connects anew is shown the phones as they are. */
function showPhones(house: LiveHouse, callers: readonly Caller[], ms: number): void {
  const shown = callers.flatMap(({ pbxId, seen }) => seen.map((one) => ({ pbxId, seen: one })))
  const before = shown.filter(({ seen }) => seen.heardMs < ms)
  const inOrder = before.toSorted((a, b) => a.seen.heardMs - b.seen.heardMs)
  const last = new Map(inOrder.map((one) => [one.seen.phone, one]))
  for (const one of last.values()) showPhone(house, one)
}

async function advanceTo(clock: TestClock, ms: number): Promise<void> {
  await clock.advance(Math.max(0, ms - clock.nowMs()))
}

/** The board, and that of the service which starts in its place at noon and is only looked at otherwise. */
async function check(replay: Replay, ms: number): Promise<void> {
  const { database, clock, result } = replay
  const at = new Date(ms).toISOString()
  const expected = recountBefore(replay.callers, ms)
  await replay.house.settled()
  compareBoard(result, `board before ${at}`, replay.house, { expected, ms })
  await comparePhones(replay, replay.house, `before ${at}`, ms)
  const isRestart = ms === RESTART_MS
  if (isRestart) await replay.house.stop()
  const again = await openHouse(database, clock, false)
  showPhones(again, replay.callers, ms)
  compareBoard(result, `board after a restart before ${at}`, again, { expected, ms })
  await comparePhones(replay, again, `after a restart before ${at}`, ms)
  if (isRestart) replay.house = again
  else await again.stop()
  await compareRows(replay, ms, expected)
}

/** Nobody has come yet on the new day, and nothing but the clock says that it has begun. */
async function checkNewDay({ clock, house, result }: Replay): Promise<void> {
  await advanceTo(clock, MIDNIGHT_MS + SHOWN_WITHIN_MS)
  await house.settled()
  const nobody = { expected: new Map<string, Tally>(), ms: MIDNIGHT_MS + 1 }
  compareBoard(result, 'board at midnight', house, nobody)
}

interface Recounted {
  expected: ReadonlyMap<string, Tally>
  ms: number
}

function compareBoard(
  result: Replayed,
  what: string,
  { queues }: LiveHouse,
  { expected, ms }: Recounted,
): void {
  const day = dayOf(ms - 1)
  for (const { pbxId, name, today } of queues.snapshot().queues) {
    const place = placeOf(day, pbxId, name)
    compare(result, `${what}, ${place}`, today, expected.get(place) ?? EMPTY)
  }
}

function compare<T extends Tally | PhoneTally>(
  result: Replayed,
  what: string,
  found: T,
  expected: T,
): void {
  result.compared += 1
  const difference = differenceOf(found, expected)
  if (difference !== '') result.differences.push(`${what}: ${difference}`)
}

/** What each phone's person did on the day, live and by the rows of parts. */
async function comparePhones(
  { database, callers, clock, result }: Replay,
  { queues }: LiveHouse,
  what: string,
  ms: number,
): Promise<void> {
  const day = dayOf(ms - 1)
  const expected = recountPhones(callers, day, ms)
  const rows = await readParts(database, day)
  for (const phone of PHONES) {
    const wanted = expected.get(phone) ?? NOBODY
    compare(result, `${what}, phone ${phone}`, queues.today.ofPhone(phone, clock.now()), wanted)
    compare(result, `rows of parts, ${what}, phone ${phone}`, rows.get(phone) ?? NOBODY, wanted)
  }
}

async function readParts({ db }: Database, day: string): Promise<Map<string, PhoneTally>> {
  const rows = await db
    .selectFrom('call_segment')
    .selectAll()
    .where('local_day', '=', day)
    .execute()
  const byPhone = Map.groupBy(rows, (row) => row.extension)
  return new Map(
    [...byPhone].map(([phone, own]) => {
      const calls = new Set(own.map((row) => row.call_id)).size
      const ends = own.map((row) => row.ended_at)
      return [
        phone,
        {
          taken: calls,
          handled: calls,
          talkSeconds: own.reduce((sum, row) => sum + row.talk_seconds, 0),
          holdSeconds: own.reduce((sum, row) => sum + row.hold_seconds, 0),
          wrapUpSeconds: own.reduce((sum, row) => sum + (row.wrap_up_seconds ?? 0), 0),
          lastCallAt: ends.toSorted().at(-1) ?? null,
        },
      ]
    }),
  )
}

interface StoredRow {
  place: string | null
  tally: Tally
}

/** Each call's row, then their sums over day, PBX and queue. */
async function compareRows(
  { database, callers, result }: Replay,
  ms: number,
  expected: ReadonlyMap<string, Tally>,
): Promise<void> {
  const rows = await readRows(database)
  const sums = new Map<string, Tally>()
  for (const { place, tally } of rows.values()) {
    if (place !== null) sums.set(place, plus(sums.get(place) ?? EMPTY, tally))
  }
  const at = new Date(ms).toISOString()
  for (const place of new Set([...sums.keys(), ...expected.keys()])) {
    const [found, wanted] = [sums.get(place) ?? EMPTY, expected.get(place) ?? EMPTY]
    compare(result, `sum of rows before ${at}, ${place}`, found, wanted)
  }
  for (const caller of callers) compareRow(result, caller, rows.get(keyOf(caller)), ms)
}

function compareRow(
  result: Replayed,
  caller: Caller,
  row: StoredRow | undefined,
  ms: number,
): void {
  const known = knownBefore(caller, ms)
  const what = `${caller.pbxId} ${caller.uniqueid} (${caller.fate})`
  if (known === null) {
    if (row !== undefined) result.differences.push(`${what}: a row of which nothing was told`)
    return
  }
  if (row === undefined) {
    result.differences.push(`${what}: no row`)
    return
  }
  const { queue, enteredMs } = known
  const place = queue === null ? null : placeOf(dayOf(enteredMs), caller.pbxId, queue)
  if (row.place !== place) result.differences.push(`${what}: ${row.place} instead of ${place}`)
  compare(result, what, row.tally, tallyOf(caller, known, ms))
}

function keyOf({ pbxId, uniqueid }: { pbxId: string; uniqueid: string }): string {
  return `${pbxId} ${uniqueid}`
}

async function readRows({ db }: Database): Promise<Map<string, StoredRow>> {
  const rows = await db.selectFrom('call').selectAll().execute()
  return new Map(
    rows.map((row) => [
      keyOf({ pbxId: row.pbx_id, uniqueid: row.uniqueid }),
      {
        place:
          row.counted_queue === null ? null : placeOf(row.local_day, row.pbx_id, row.counted_queue),
        tally: {
          entered: row.entered ?? 0,
          offered: row.offered ?? 0,
          answered: row.answered ?? 0,
          abandoned: row.abandoned ?? 0,
          short: row.abandoned_short ?? 0,
          timedOut: row.timed_out ?? 0,
          asked: row.asked ?? 0,
          withinLevel: row.within_level ?? 0,
          withinService: row.within_service ?? 0,
          waitSeconds: row.answer_wait_seconds ?? 0,
          handled: row.handled ?? 0,
          talkSeconds: row.agent_talk_seconds ?? 0,
          holdSeconds: row.agent_hold_seconds ?? 0,
          wrapUpSeconds: row.wrap_up_seconds ?? 0,
          waits: EMPTY.waits.map((_, bar) => (bar === row.wait_bucket ? 1 : 0)),
        },
      },
    ]),
  )
}
