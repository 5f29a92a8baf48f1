import type { AmiTelephonyOptions } from '../../server/ami/pbx.ts'
import type { CallEvent } from '../../server/calls/conversation/call-event.ts'
import type { QueueEventBody } from '../../server/queues/queue-event.ts'
import { callEvents } from './call-table.ts'
import { aCaller, aMember } from './queue-events.ts'
import { createFakeTelephony } from './telephony.ts'

/** An agent's day: three calls that are over, and one that goes on with the phone 101. */
const CALLS = `
  00:00.000  queue_joined     trunk#1
  00:04.000  agent_connected  trunk#1  101#2  hold=4
  00:04.010  bridge_entered   trunk#1
  00:04.020  bridge_entered   101#2
  02:00.000  hung_up          101#2
  02:00.100  hung_up          trunk#1
  01:00.000  queue_joined     trunk#3
  01:31.000  agent_connected  trunk#3  102#4  hold=31
  01:31.010  bridge_entered   trunk#3
  01:31.020  bridge_entered   102#4
  03:00.000  hung_up          102#4
  03:00.100  hung_up          trunk#3
  03:10.000  queue_joined     trunk#5
  03:13.000  queue_abandoned  trunk#5
  03:13.100  hung_up          trunk#5
  04:00.000  queue_joined     trunk#7
  04:08.000  agent_connected  trunk#7  101#8  hold=8
  04:08.010  bridge_entered   trunk#7
  04:08.020  bridge_entered   101#8`
/** Where the table begins. */
const TABLE_MS = Date.parse('2026-11-23T02:00:00.000Z')

/** A PBX with twenty phones and ten callers in two queues, as a supervisor has before them at noon. */
export function createFullFloor() {
  const telephony = createFakeTelephony(['pbx1'])
  let ears: AmiTelephonyOptions | null = null

  function heard(): AmiTelephonyOptions {
    if (ears === null) throw new Error('the service asked for no telephony')
    return ears
  }

  function happen(body: QueueEventBody): void {
    heard().onQueueEvent({ pbxId: 'pbx1', at: new Date().toISOString(), ...body })
  }

  function setLink(link: 'ready' | 'closed'): void {
    telephony.setLink('pbx1', link)
    const since = new Date().toISOString()
    heard().onStatus(telephony.status().map((one) => ({ ...one, since })))
  }

  return {
    setLink,
    happen,
    createTelephony(options: AmiTelephonyOptions) {
      ears = options
      return { ...telephony, start() {}, async stop() {} }
    },
    /** Calls of the last minutes, then who is here now. */
    fill(): void {
      const begun = Date.now() - 5 * 60_000
      for (const event of callEvents(CALLS)) heard().onCallEvent(movedTo(event, begun))
      setLink('ready')
      for (const member of MEMBERS) happen({ type: 'member_added', member })
      for (const caller of CALLERS) happen({ type: 'caller_joined', caller: caller(Date.now()) })
    },
  }
}

function movedTo(event: CallEvent, begun: number): CallEvent {
  const at = new Date(begun + Date.parse(event.at) - TABLE_MS).toISOString()
  return { ...event, at }
}

const STATES = [
  { deviceStatus: 2, inCall: true },
  {},
  { paused: true, pauseReason: 'lunch' },
  { deviceStatus: 6 },
  { deviceStatus: 5 },
]
const TECH = 'hotline-tech'
const PHONES = Array.from({ length: 20 }, (_, index) =>
  aMember(String(101 + index), {
    queue: index < 15 ? 'hotline' : TECH,
    memberName: `Nguyễn Thị Minh Khai ${index + 1}`,
    wrapUpSeconds: 0,
    ...STATES[index % STATES.length],
  }),
)
/** One of them takes calls of both queues. */
const MEMBERS = [...PHONES, ...PHONES.slice(1, 2).map((phone) => ({ ...phone, queue: TECH }))]
const CALLERS = Array.from(
  { length: 10 },
  (_, index) => (nowMs: number) =>
    aCaller(index === 9 ? 'pl-9' : `1795.${index}`, {
      queue: index < 8 ? 'hotline' : TECH,
      position: index < 8 ? index + 1 : index - 7,
      joinedAt: new Date(nowMs - (100 - index * 9) * 1000).toISOString(),
      callerIdNum: index === 3 ? null : `090000010${index}`,
      withheld: index === 3,
    }),
)
