import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { frameBytes, type Tape } from '../../server/ami/tape.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { Clock } from '../../server/ports.ts'
import { systemClock } from '../../server/system-clock.ts'
import { SERVICE_DIALECTS } from '../support/database.ts'
import { type FakeAmi, startFakeAmi } from '../support/fake-ami-server.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { readEndState } from './end-state.ts'
import { EXPECTED, summary } from './expected.ts'
import { callbackChannel, storePromise } from './promise.ts'
import { readTapes } from './replay-house.ts'
import { eventually } from '../support/eventually.ts'

const TAPES = readTapes()

/** A PBX on TCP whose memory is a tape's. */
interface TapePbx {
  tape: Tape
  pbxId: string
  ami: FakeAmi
}

/**
 * What the walls of the service and of all PBXs show: the moment of the tape's line. A tape of minutes
 * is played in no time; by the machine's clock each line would be a PBX whose clock was set.
 */
function createTapeClock(startAt: string): Clock & { show(at: string): void } {
  let nowMs = Date.parse(startAt)
  return {
    ...systemClock,
    nowMs: () => nowMs,
    now: () => new Date(nowMs).toISOString(),
    show(at) {
      nowMs = Date.parse(at)
    },
  }
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`over TCP on ${dialect}`, () => {
    let pbxs: TapePbx[]
    let hotline: Hotline
    let database: Database
    const clock = createTapeClock(TAPES[0]?.header.recordedAt ?? '')

    beforeAll(async () => {
      pbxs = await Promise.all(TAPES.map((tape, index) => startTapePbx(tape, index, clock)))
      const amiUrl = pbxs.map(({ ami, pbxId }) => ami.url.replace(/\/[^/]*$/, `/${pbxId}`)).join()
      hotline = await startHotline({ amiUrl, dialect, clock })
      await hotline.hire('lan', 'agent', '101')
      await hotline.hire('minh', 'agent', '102')
      await hotline.hire('tuan', 'agent', '103')
      database = await openDatabase(hotline.databaseUrl)
      await hotline.ready()
    })
    afterAll(async () => {
      await database.close()
      await hotline.stop()
      await Promise.all(pbxs.map(({ ami }) => ami.stop()))
    })

    test.each(TAPES.map((tape, index) => [tape.header.scenario, index] as const))(
      '%s: its bytes through the cage end as it happened',
      async (scenario, index) => {
        const pbx = pbxs[index]
        if (pbx === undefined) throw new Error(`no PBX plays ${scenario}`)
        const channel = callbackChannel(pbx.tape)
        const { recordedAt } = pbx.tape.header
        if (channel !== null) await storePromise(database, pbx.pbxId, channel, recordedAt)
        await play(pbx, hotline, clock)
        await eventually(async () => {
          const state = await readEndState(database, pbx.pbxId)
          expect(summary(state)).toBe(EXPECTED[scenario])
        })
      },
    )
  })
}

async function startTapePbx(tape: Tape, index: number, clock: Clock): Promise<TapePbx> {
  const ami = await startFakeAmi({ nowMs: () => clock.nowMs() })
  ami.pbx.queueStatus = tape.header.snapshot.queues
  ami.pbx.channels = tape.header.snapshot.channels
  return { tape, pbxId: `tape${index}`, ami }
}

async function play(
  { tape, ami }: TapePbx,
  hotline: Hotline,
  clock: ReturnType<typeof createTapeClock>,
): Promise<void> {
  for (const line of tape.lines) {
    clock.show(line.at)
    if ('event' in line) ami.sendRaw(frameBytes(line.event, line.raw))
    else if ('journal' in line) {
      ami.pbx.database.set(`${line.journal.family}/${line.journal.key}`, line.journal.value)
    } else if (line.link === 'lost') ami.dropConnections('half')
    else {
      ami.pbx.queueStatus = line.snapshot.queues
      ami.pbx.channels = line.snapshot.channels
      Object.assign(ami.options, { uptime: 0 })
      // Nothing more comes before the service is back.
      // oxlint-disable-next-line no-await-in-loop
      await hotline.ready()
    }
  }
}
