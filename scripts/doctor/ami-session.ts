import { encodeAction, type AmiAction } from '../../server/ami/orders/ami-action.ts'
import { openAmiConnection } from '../../server/ami/ami-connection.ts'
import { headerOf, type AmiFrame } from '../../server/ami/ami-frame.ts'

/** The PBX could not be asked: `stage` says how far it came. */
export class AmiFailure extends Error {
  override readonly name = 'AmiFailure'
  readonly stage: 'reach' | 'sign_in' | 'answer'
  constructor(stage: 'reach' | 'sign_in' | 'answer', message: string) {
    super(message)
    this.stage = stage
  }
}

/** One signed-in AMI session of a person who looks, not of the service: no heartbeat, no reconnect. */
export interface AmiSession {
  /** The reply to an action, whether success or error. Throws AmiFailure when none comes. */
  send: (action: AmiAction) => Promise<AmiFrame>
  /** The events of a list action. Throws AmiFailure with Asterisk's words when it is refused. */
  list: (action: AmiAction) => Promise<AmiFrame[]>
  /** Events heard so far, in order. */
  events: AmiFrame[]
  /** The first event heard that fits, or null after `ms`. */
  waitFor: (fits: (event: AmiFrame) => boolean, ms: number) => Promise<AmiFrame | null>
  close: () => void
}

export interface AmiLogin {
  host: string
  port: number
  username: string
  secret: string
}

const ANSWER_MS = 8_000

/** Connects and signs in. */
export async function openSession(login: AmiLogin): Promise<AmiSession> {
  const frames = createFrames()
  const connection = openAmiConnection(login.host, login.port, {
    onGreeting: (version) => frames.tell({ greeting: version }),
    onFrame: (frame) => frames.tell(frame),
    onClose: (reason) => frames.close(reason),
    onHandlerError: (error) => {
      throw error
    },
  })
  const ask = askerOf((bytes) => connection.write(bytes), frames)
  const greeting = await frames.next((frame) => 'greeting' in frame, ANSWER_MS)
  if (greeting === null) {
    connection.destroy('no greeting')
    throw new AmiFailure('reach', frames.why())
  }
  const { username, secret } = login
  const reply = await ask.send({ name: 'Login', headers: { Username: username, Secret: secret } })
  if (headerOf(reply, 'response') !== 'Success') {
    connection.destroy('refused')
    throw new AmiFailure('sign_in', headerOf(reply, 'message') ?? 'refused')
  }
  return {
    ...ask,
    events: frames.events,
    waitFor: async (fits, ms) => frames.events.find(fits) ?? (await frames.next(fits, ms)),
    close: () => connection.destroy('done'),
  }
}

interface Frames {
  events: AmiFrame[]
  tell: (frame: AmiFrame) => void
  close: (reason: string) => void
  /** The next frame that fits; null when the connection ends or time is up first. */
  next: (fits: (frame: AmiFrame) => boolean, ms: number) => Promise<AmiFrame | null>
  /** Why nothing came. */
  why: () => string
}

function createFrames(): Frames {
  const listeners = new Set<(frame: AmiFrame | null) => void>()
  const events: AmiFrame[] = []
  let closedBecause: string | null = null
  return {
    events,
    tell: (frame) => {
      if (headerOf(frame, 'event') !== undefined) events.push(frame)
      for (const listener of listeners) listener(frame)
    },
    close: (reason) => {
      closedBecause = reason
      for (const listener of listeners) listener(null)
    },
    next: (fits, ms) =>
      new Promise((resolve) => {
        const settle = (frame: AmiFrame | null): void => {
          clearTimeout(timer)
          listeners.delete(listen)
          resolve(frame)
        }
        const listen = (frame: AmiFrame | null): void => {
          if (frame === null || fits(frame)) settle(frame)
        }
        const timer = setTimeout(settle, ms, null)
        listeners.add(listen)
        if (closedBecause !== null) settle(null)
      }),
    why: () => closedBecause ?? `no answer in ${ANSWER_MS / 1000} s`,
  }
}

function askerOf(write: (bytes: string) => boolean, { next, why }: Frames) {
  let counter = 0
  const begin = (action: AmiAction, isLast: (frame: AmiFrame) => boolean) => {
    counter += 1
    const id = `doctor-${process.pid}-${counter}`
    const answer = next((frame) => headerOf(frame, 'actionid') === id && isLast(frame), ANSWER_MS)
    write(encodeAction(action, id))
    return answer
  }
  return {
    async send(action: AmiAction): Promise<AmiFrame> {
      const reply = await begin(action, (frame) => headerOf(frame, 'response') !== undefined)
      if (reply === null) throw new AmiFailure('answer', `${action.name}: ${why()}`)
      return reply
    },
    async list(action: AmiAction): Promise<AmiFrame[]> {
      const items: AmiFrame[] = []
      const end = await begin(action, (frame) => {
        if (headerOf(frame, 'response') === 'Error') return true
        if (headerOf(frame, 'response') !== undefined) return false
        if (headerOf(frame, 'eventlist') !== undefined) return true
        items.push(frame)
        return false
      })
      const refusal = end === null ? why() : headerOf(end, 'response') && headerOf(end, 'message')
      if (refusal !== undefined) throw new AmiFailure('answer', refusal)
      return items
    },
  }
}
