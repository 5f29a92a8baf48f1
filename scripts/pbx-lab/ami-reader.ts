import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { encodeAction, matches, splitFrames, textOf } from './ami-frames.ts'
import type { AmiFrame, RawFrame } from './ami-frames.ts'

const WAIT_MS = 30_000
const KEPT_EVENTS = 20_000

type Wanted = Readonly<Record<string, string>> | ((event: AmiFrame) => boolean)
type Action = Readonly<Record<string, string | readonly string[]>>
/** Who signs in, and where. */
export type AmiLogin = { readonly port: number; readonly user: string; readonly secret: string }

/**
 * The lab's own plain AMI client: sends an action, collects a list, waits for an event. It knows
 * nothing of the service, so a fault of the service's client cannot hide in the tests.
 */
export class AmiReader {
  readonly #socket: Socket
  readonly #events: AmiFrame[] = []
  readonly #listeners = new Set<(raw: RawFrame) => void>()
  #buffer = Buffer.alloc(0)
  #dropped = 0
  #actions = 0
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', () => socket.destroy())
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()))
  }

  /** Signs in; throws what the PBX answers when it refuses. */
  static async open(login: AmiLogin): Promise<AmiReader> {
    const socket = connect(login.port, '127.0.0.1')
    await once(socket, 'connect')
    const reader = new AmiReader(socket)
    const reply = await reader.send({ Action: 'Login', Username: login.user, Secret: login.secret })
    if (reply['Response'] === 'Success') return reader
    reader.close()
    throw new Error(`AMI login of ${login.user}: ${textOf(reply, 'Message')}`)
  }

  /** One action and its first reply, whether success or error. */
  async send(action: Action): Promise<AmiFrame> {
    const [id, reply] = this.#start(action, (frame, own) => own && 'Response' in frame)
    void id
    return (await reply).frame
  }

  /** The events of a list action (QueueStatus, CoreShowChannels, DBGetTree), without its end. */
  async list(action: Action): Promise<AmiFrame[]> {
    const items: AmiFrame[] = []
    const [, done] = this.#start(action, (frame, own) => {
      if (!own) return false
      if (textOf(frame, 'Response') === 'Error') throw new Error(textOf(frame, 'Message'))
      if ('Response' in frame) return false
      if ('EventList' in frame) return true
      items.push(frame)
      return false
    })
    await done
    return items
  }

  /** Where the event history stands now; hand it to `waitFor` to include what follows. */
  mark(): number {
    return this.#dropped + this.#events.length
  }

  /** The first event after `since` (default: from now) that has all the wanted headers. */
  async waitFor(wanted: Wanted, since = this.mark()): Promise<AmiFrame> {
    const fits = (event: AmiFrame): boolean =>
      typeof wanted === 'function' ? wanted(event) : matches(event, wanted)
    const seen = this.since(since).find(fits)
    if (seen !== undefined) return seen
    const what = typeof wanted === 'function' ? wanted.toString() : JSON.stringify(wanted)
    return (await this.#next(({ frame }) => 'Event' in frame && fits(frame), what)).frame
  }

  /** All events seen after `since`. */
  since(since: number): AmiFrame[] {
    return this.#events.slice(Math.max(0, since - this.#dropped))
  }

  /** Calls `listener` for each frame, in order, until the returned function is called. */
  onFrame(listener: (raw: RawFrame) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#socket.destroy()
  }

  #start(
    action: Action,
    isLast: (frame: AmiFrame, own: boolean) => boolean,
  ): [string, Promise<RawFrame>] {
    this.#actions += 1
    const id = `lab-${this.#actions}`
    const name = String(action['Action'])
    const reply = this.#next(({ frame }) => isLast(frame, frame['ActionID'] === id), name)
    this.#socket.write(encodeAction({ ...action, ActionID: id }))
    return [id, reply]
  }

  #next(fits: (raw: RawFrame) => boolean, what: string): Promise<RawFrame> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(deadline)
        this.#socket.off('close', onClose)
        stop()
        act()
      }
      const onClose = (): void => settle(() => reject(new Error(`AMI closed, waiting for ${what}`)))
      const deadline = setTimeout(
        () => settle(() => reject(new Error(`no ${what} in 30 s`))),
        WAIT_MS,
      )
      const stop = this.onFrame((raw) => {
        try {
          if (fits(raw)) settle(() => resolve(raw))
        } catch (error) {
          settle(() => reject(error))
        }
      })
      this.#socket.once('close', onClose)
    })
  }

  #read(chunk: Buffer): void {
    const { frames, rest } = splitFrames(Buffer.concat([this.#buffer, chunk]))
    this.#buffer = Buffer.from(rest)
    for (const raw of frames) {
      if ('Event' in raw.frame) this.#events.push(raw.frame)
      for (const listener of this.#listeners) listener(raw)
    }
    const excess = this.#events.length - KEPT_EVENTS
    if (excess > 0) {
      this.#events.splice(0, excess)
      this.#dropped += excess
    }
  }
}
