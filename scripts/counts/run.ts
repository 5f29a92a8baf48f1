import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { Floor, type RunSetting } from '../kills/floor.ts'
import { inTime } from '../kills/in-time.ts'
import { countOpen } from '../kills/read-books.ts'
import { EXTENSIONS } from '../pbx-lab/access.ts'
import { type Board, compareBoard } from './compare.ts'
import { type Count, countDay, type CountWitness } from './count.ts'
import { type CountSize, planCounted } from './plan.ts'
import { readBoard } from './read-board.ts'
import { sendCaller } from './send-caller.ts'

/** What a counted run needs to know. */
export type CountOrder = Omit<CountSize, 'noticeMs'> & {
  readonly members: number
  /** One ring attempt. */
  readonly attemptSeconds: number
  /** With so many the queue is full. */
  readonly mostWaiting: number
}

/** A whole run, as it is kept in a file. */
export type CountEvidence = {
  readonly witness: CountWitness
  readonly board: Board
  /** Lines of the service's log from level error on. */
  readonly errors: readonly string[]
}

/** All extensions that the dialplan knows; the first ones have a phone in every lab. */
const EVERYBODY = [...EXTENSIONS, '113', '114', '115', '116', '117', '118', '119', '100']
/** So many members are on a pause: who is sent goes to them, because no queue rings them meanwhile. */
const PAUSED = 2
/** Short, and long enough to be hung up in. */
const NOTICE = 'hotline/in-the-queue'
const PROMPTS = join(import.meta.dirname, '../../dialplan/prompts')
const [WAV_HEADER_BYTES, WAV_BYTES_PER_MS] = [44, 16]
const SETTLE_MS = 40_000

/** Plays calls of every fate on a real PBX and the real service, and gives the board and what both witnesses wrote. */
export async function playCounted(order: CountOrder, setting: RunSetting): Promise<CountEvidence> {
  const notice = statSync(join(PROMPTS, `${NOTICE}.wav`)).size - WAV_HEADER_BYTES
  const noticeMs = notice / WAV_BYTES_PER_MS
  const calls = planCounted({ ...order, noticeMs })
  const extensions = EVERYBODY.slice(0, order.members)
  const queues = {
    strategy: 'rrmemory',
    timeout: String(order.attemptSeconds),
    retry: '1',
    wrapuptime: '0',
    maxlen: String(order.mostWaiting),
    'announce-frequency': '0',
  }
  const globals = {
    HOTLINE_NOTICE: NOTICE,
    HOTLINE_WAIT_SECONDS: String(order.waitSeconds),
  }
  const morePhones = extensions.slice(EXTENSIONS.length)
  const lab = { queues, globals, morePhones }
  const paused = extensions.slice(-PAUSED)
  const floor = await Floor.open({ calls, extensions, paused, lab }, setting)
  setting.say('everybody is at their desk')
  const stalls = monitorEventLoopDelay()
  stalls.enable()
  const startedAt = Date.now()
  const under: Promise<unknown>[] = []
  await inTime(calls, startedAt, async (call) => {
    const failed = (error: unknown) =>
      setting.say(`${call.number} (${call.intent}): ${String(error)}`)
    const isSent = call.intent === 'sent' || call.intent === 'sent back'
    under.push(floor.place(call).catch(failed))
    if (isSent) under.push(sendCaller(floor, call, paused).catch(failed))
    if (call.index % 50 === 0) setting.say(`${call.index} calls placed`)
  })
  await Promise.all(under)
  setting.say(`all calls are over after ${seconds(Date.now() - startedAt)} s`)
  try {
    return await settled(floor, { noticeMs, stalls }, setting)
  } finally {
    stalls.disable()
  }
}

type RunFacts = {
  readonly noticeMs: number
  /** How long the event loop stood still; nanoseconds. */
  readonly stalls: { readonly max: number }
}

/** Places are called in their turn, promises within seconds; then the board has a moment to be right. */
async function settled(floor: Floor, run: RunFacts, { say }: RunSetting): Promise<CountEvidence> {
  const startedAt = Date.now()
  for (;;) {
    const isTimeUp = Date.now() - startedAt > SETTLE_MS
    const witness = await witnessOf(floor, run)
    const count = countDay(witness)
    const isQuiet = (await countOpen(floor.admin)) === 0 && floor.lines.up === 0
    const isRight = async (): Promise<boolean> =>
      isQuiet &&
      isEverybodyCalled(count, witness) &&
      compareBoard(count, await readBoard(floor.admin)).length === 0
    if (isTimeUp || (await isRight())) {
      say(`compared ${seconds(Date.now() - startedAt)} s after the last call`)
      return { witness, board: await readBoard(floor.admin), errors: floor.service.errors() }
    }
    await delay(500)
  }
}

function isEverybodyCalled({ fates }: Count, { promised }: CountWitness): boolean {
  return (fates.get('callback') ?? 0) >= (fates.get('virtual hold') ?? 0) + promised.length
}

async function witnessOf(
  { lab, recorder }: Floor,
  { noticeMs, stalls }: RunFacts,
): Promise<CountWitness> {
  const { customers, rings, pickups, promised } = recorder
  const queueLog = await readFile(join(lab.instance.home, 'log/queue_log'), 'utf8')
  const stalledMs = stalls.max / 1e6
  const all = [...customers.values()]
  return { customers: all, rings, pickups, promised, queueLog, noticeMs, stalledMs }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}
