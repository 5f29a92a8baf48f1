import { textOf, type AmiFrame, type RawFrame } from '../ami-frames.ts'
import { AmiReader } from '../ami-reader.ts'
import { startLab, type Lab } from '../lab.ts'
import { installLab } from '../root.ts'
import type { Scenario } from './scenario.ts'
import { Stage } from './stage.ts'
import { eventLine, formatTape, journalLine, mergeLines } from './tape.ts'
import type { TapeLine, TapeSnapshot } from './tape.ts'

const DIALPLAN_VERSION = 1
const SETTLE_MS = 30_000
const FAST = { HOTLINE_NOTICE: '' }

/** Plays one scenario on a lab of its own and gives the text of its tape. */
export async function recordTape(scenario: Scenario): Promise<string> {
  const asterisk = await installLab()
  const globals = { ...FAST, ...scenario.globals }
  const lab = await startLab({ queues: { wrapuptime: '0', ...scenario.queues }, globals })
  try {
    const stage = new Stage(lab)
    const act = await scenario.prepare(stage)
    const recorder = await Recorder.start(lab)
    const recordedAt = new Date().toISOString()
    await act(recorder)
    const lines = await recorder.finish()
    const { pbxId } = lab.access
    const about = {
      asterisk,
      dialplan: DIALPLAN_VERSION,
      scenario: scenario.name,
      recordedAt,
      pbxId,
    }
    return formatTape({ ...about, snapshot: recorder.snapshot }, lines)
  } catch (error) {
    throw new Error(`${scenario.name} failed; the PBX's log:\n${await lab.log()}`, { cause: error })
  } finally {
    await lab.stop()
  }
}

/** Listens as the service does (user hotline-tracker, its event filter in force). */
export class Recorder {
  readonly snapshot: TapeSnapshot
  readonly #lab: Lab
  readonly #startedAt = new Date()
  readonly #lines: TapeLine[] = []
  readonly #seen: AmiFrame[] = []
  #tracker: AmiReader
  #onEvent: () => void = () => undefined

  private constructor(lab: Lab, tracker: AmiReader, snapshot: TapeSnapshot) {
    this.#lab = lab
    this.#tracker = tracker
    this.snapshot = snapshot
    tracker.onFrame((raw) => this.#keep(raw))
  }

  static async start(lab: Lab): Promise<Recorder> {
    const tracker = await openTracker(lab)
    return new Recorder(lab, tracker, await takeSnapshot(tracker))
  }

  /** Notes that the link broke, runs `act` (a restart) and signs in again with a new snapshot. */
  async whileAway(act: () => Promise<void>): Promise<void> {
    const noted = this.#tracker.closed.then(() =>
      this.#lines.push({ at: new Date().toISOString(), link: 'lost' }),
    )
    await act()
    await noted
    this.#tracker = await openTracker(this.#lab)
    const snapshot = await takeSnapshot(this.#tracker)
    this.#lines.push({ at: new Date().toISOString(), link: 'restored', snapshot })
    this.#seen.length = 0
    this.#tracker.onFrame((raw) => this.#keep(raw))
  }

  /** Waits until every channel is gone and gives all lines with the journal between them. */
  async finish(): Promise<TapeLine[]> {
    await this.#settle()
    await this.#tracker.send({ Action: 'Ping' })
    const journal = await this.#readJournal()
    this.#tracker.close()
    return mergeLines(this.#lines, journal)
  }

  #keep(raw: RawFrame): void {
    if (!isNews(raw.frame)) return
    this.#lines.push(eventLine(raw, Date.now()))
    this.#seen.push(raw.frame)
    this.#onEvent()
  }

  #settle(): Promise<void> {
    return new Promise((resolve, reject) => {
      const open = (): string[] => stillOpen(this.#seen)
      const fail = (): void => reject(new Error(`never ended: ${open().join(', ')}`))
      const deadline = setTimeout(fail, SETTLE_MS)
      this.#onEvent = () => {
        if (open().length > 0) return
        clearTimeout(deadline)
        resolve()
      }
      this.#onEvent()
    })
  }

  async #readJournal(): Promise<TapeLine[]> {
    const days = new Set([this.#startedAt, new Date()].map(dayOf))
    const lines: TapeLine[] = []
    for (const day of days) {
      const family = `hotline/${day}`
      for (const [key, value] of await this.#lab.journal(day)) {
        lines.push(journalLine({ family, key, value }))
      }
    }
    return lines
  }
}

/** Events of the PBX, not the items of the recorder's own lists. */
function isNews(frame: AmiFrame): boolean {
  const name = textOf(frame, 'Event')
  return name === 'OriginateResponse' || (name !== '' && !('ActionID' in frame))
}

/** Channels without a Hangup, answered queue calls without AgentComplete, members not idle. */
function stillOpen(events: readonly AmiFrame[]): string[] {
  const open = new Set<string>()
  for (const event of events) {
    const id = textOf(event, 'Uniqueid')
    const member = `${textOf(event, 'Queue')} ${textOf(event, 'Interface')}`
    switch (textOf(event, 'Event')) {
      case 'Newchannel':
        open.add(id)
        break
      case 'Hangup':
        open.delete(id)
        break
      case 'AgentConnect':
        open.add(`AgentComplete ${member}`)
        break
      case 'AgentComplete':
        open.delete(`AgentComplete ${member}`)
        break
      case 'QueueMemberStatus':
        if (textOf(event, 'Status') === '1') open.delete(member)
        else open.add(member)
        break
      default:
    }
  }
  return [...open]
}

async function openTracker(lab: Lab): Promise<AmiReader> {
  const tracker = await lab.openAmi('hotline-tracker')
  await tracker.waitFor({ Event: 'FullyBooted' }, 0)
  return tracker
}

async function takeSnapshot(tracker: AmiReader): Promise<TapeSnapshot> {
  const queues = await tracker.list({ Action: 'QueueStatus' })
  const channels = await tracker.list({ Action: 'CoreShowChannels' })
  return { queues: queues.map(withoutActionId), channels: channels.map(withoutActionId) }
}

function withoutActionId(frame: AmiFrame): AmiFrame {
  return Object.fromEntries(Object.entries(frame).filter(([key]) => key !== 'ActionID'))
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '')
}
