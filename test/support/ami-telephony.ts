import type { PbxStatus } from '#contract/queues.ts'
import { createAmiTelephony, type AmiTelephony } from '../../server/ami/telephony.ts'
import { type AmiTelephonyOptions } from '../../server/ami/pbx.ts'
import type { CallEvent } from '../../server/calls/conversation/call-event.ts'
import type { QueueEvent } from '../../server/queues/queue-event.ts'
import { createTestClock, settle, type TestClock } from './clock.ts'
import { startFakeAmi, type FakeAmi, type FakeAmiOptions } from './fake-ami-server.ts'
import { createRecordingLogger } from './logger.ts'

/** The telephony adapter on one fake PBX per given options, with a clock that the test drives. */
export interface TelephonyUnderTest {
  fakes: FakeAmi[]
  telephony: AmiTelephony
  clock: TestClock
  calls: CallEvent[]
  queues: QueueEvent[]
  statuses: PbxStatus[][]
  logLines: Record<string, unknown>[]
  counted(name: string): number
  /** Resolves when `met` holds, asked again after every event and status. */
  when(met: () => boolean): Promise<void>
  /** Resolves when every PBX has this link. */
  until(link: PbxStatus['link']): Promise<void>
  ready(): Promise<void>
  /** Drives the clock until every PBX is ready again. */
  back(): Promise<void>
  stop(): Promise<void>
}

export async function createTelephonyUnderTest(
  given: FakeAmiOptions[] = [{}],
  over: Partial<AmiTelephonyOptions> = {},
): Promise<TelephonyUnderTest> {
  const clock = createTestClock()
  const nowMs = () => clock.nowMs()
  const fakes = await Promise.all(given.map((one) => startFakeAmi({ nowMs, ...one })))
  const { logger, lines } = createRecordingLogger('trace')
  const counts = new Map<string, number>()
  const calls: CallEvent[] = []
  const queues: QueueEvent[] = []
  const statuses: PbxStatus[][] = []
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
  const telephony = createAmiTelephony({
    pbxs: fakes.map((fake, index) => ({
      pbxId: `pbx${index + 1}`,
      tracker: loginOf(fake),
      dialler: loginOf(fake),
    })),
    mustConfirm: true,
    deviceOf: () => 'desk',
    hasOtherPhone: () => false,
    clock,
    logger,
    count: (name, _labels, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    callsInDoubt: () => [],
    onSpyEvent: () => undefined,
    callingHours: () => ({ from: '07:00', to: '21:30' }),
    ...over,
    onCallEvent(event) {
      calls.push(event)
      wake()
      over.onCallEvent?.(event)
    },
    onQueueEvent(event) {
      queues.push(event)
      wake()
      over.onQueueEvent?.(event)
    },
    onStatus(status) {
      statuses.push(status)
      wake()
    },
  })
  const until = (link: PbxStatus['link']) =>
    when(() => telephony.status().every((pbx) => pbx.link === link))
  const isReady = () => telephony.status().every((pbx) => pbx.link === 'ready')
  return {
    fakes,
    telephony,
    clock,
    calls,
    queues,
    statuses,
    logLines: lines,
    counted: (name) => counts.get(name) ?? 0,
    when,
    until,
    async ready() {
      telephony.start()
      await until('ready')
    },
    async back() {
      for (let tries = 0; tries < 400 && !isReady(); tries++) await clock.advance(250)
      await until('ready')
    },
    async stop() {
      const stopped = telephony.stop()
      await settle()
      await clock.advance(500)
      await stopped
      await Promise.all(fakes.map((fake) => fake.stop()))
    },
  }
}

function loginOf({ port, options }: FakeAmi) {
  return { host: '127.0.0.1', port, user: options.user, secret: options.secret }
}
