import type { PbxLink } from '#contract/queues.ts'
import { openAmiConnection } from '../../server/ami/ami-connection.ts'
import type { AmiFrame } from '../../server/ami/ami-frame.ts'
import {
  createAmiSession,
  type AmiSession,
  type AmiSessionOptions,
  type AmiSessionStatus,
} from '../../server/ami/ami-session.ts'
import { createTestClock, settle, type TestClock } from './clock.ts'
import { startFakeAmi, type FakeAmi, type FakeAmiOptions } from './fake-ami-server.ts'
import { createRecordingLogger } from './logger.ts'

/** A session on a fake PBX with a clock that the test drives. Nothing is connected yet. */
export interface SessionUnderTest {
  fake: FakeAmi
  session: AmiSession
  clock: TestClock
  events: AmiFrame[]
  statuses: AmiSessionStatus[]
  logLines: Record<string, unknown>[]
  counted(name: string): number
  /** Resolves when the link is this; at once when it is already. */
  until(link: PbxLink): Promise<void>
  /** Resolves when this many events have been heard. */
  heard(count: number): Promise<void>
  /** Starts and waits for ready. */
  ready(): Promise<void>
  /** Drives the clock until the session is ready again. */
  back(): Promise<void>
  stop(): Promise<void>
}

export async function createSessionUnderTest(
  given: FakeAmiOptions = {},
  over: Partial<AmiSessionOptions> = {},
): Promise<SessionUnderTest> {
  const fake = await startFakeAmi(given)
  const clock = createTestClock()
  const { logger, lines } = createRecordingLogger('trace')
  const counts = new Map<string, number>()
  const events: AmiFrame[] = []
  const statuses: AmiSessionStatus[] = []
  let waiting: { met: () => boolean; resolve: () => void }[] = []
  function wake(): void {
    for (const waiter of waiting) if (waiter.met()) waiter.resolve()
    waiting = waiting.filter((waiter) => !waiter.met())
  }
  const when = (met: () => boolean) =>
    new Promise<void>((resolve) => {
      if (met()) resolve()
      else waiting.push({ met, resolve })
    })
  const session = createAmiSession({
    label: 'pbx1 tracker',
    host: '127.0.0.1',
    port: fake.port,
    user: fake.options.user,
    secret: fake.options.secret,
    events: 'system,call,agent,user',
    clock,
    random: Math.random,
    logger,
    open: openAmiConnection,
    sync: async () => undefined,
    onConnecting: () => undefined,
    ...over,
    count: (name, _labels, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    onEvent(frame) {
      if (frame['event'] === 'FullyBooted') return
      events.push(frame)
      wake()
      over.onEvent?.(frame)
    },
    onStatus(status) {
      statuses.push(status)
      wake()
    },
  })
  const until = (link: PbxLink) => when(() => session.status().link === link)
  return {
    fake,
    session,
    clock,
    events,
    statuses,
    logLines: lines,
    counted: (name) => counts.get(name) ?? 0,
    until,
    heard: (count) => when(() => events.length >= count),
    async ready() {
      session.start()
      await until('ready')
    },
    async back() {
      for (let tries = 0; tries < 400 && session.status().link !== 'ready'; tries++) {
        await clock.advance(250)
      }
      await until('ready')
    },
    async stop() {
      const stopped = session.stop()
      await settle()
      await clock.advance(500)
      await stopped
      await fake.stop()
    },
  }
}
