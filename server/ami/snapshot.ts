import { z } from 'zod'
import type { Instant } from '#contract/primitives.ts'
import type { LiveChannel, PbxSnapshot, WaitingEntry } from '../calls/conversation/call-event.ts'
import type { QueuedCaller, QueueMemberView, QueueRow } from '../queues/queue-event.ts'
import type { AmiFrame } from './ami-frame.ts'
import { withFirstValues } from './ami-frame.ts'
import { callerNumber, channelView, instantOfSeconds, plainName } from './channel-view.ts'
import { type CallEndOf, memberView } from './to-queue-event.ts'
import { instantOfMs } from '../time.ts'

/** What the PBX holds now, read from the answers to QueueStatus and CoreShowChannels. */
export interface Snapshot {
  calls: PbxSnapshot
  queues: QueueRow[]
  members: QueueMemberView[]
  callers: QueuedCaller[]
  /** Items that could not be read. */
  bad: number
}

const text = z.string()
const whole = z.coerce.number().int()
const channelItem = z.object({
  channel: text,
  uniqueid: text,
  linkedid: text,
  calleridnum: text.optional(),
  calleridname: text.optional(),
  chanvariable: z.object({ HOTLINE: text.optional(), HOTLINE_CLI: text.optional() }).optional(),
  application: text.default(''),
  applicationdata: text.default(''),
  bridgeid: text.default(''),
  duration: text.default(''),
})
const queueItem = z.discriminatedUnion('event', [
  z.object({ event: z.literal('QueueParams'), queue: text, strategy: text.default('') }),
  z
    .object({
      event: z.literal('QueueMember'),
      queue: text,
      name: text,
      location: text,
      penalty: whole,
      lastcall: whole,
      incall: whole,
      status: whole,
      paused: whole,
      pausedreason: text.optional(),
      wrapuptime: whole.optional(),
    })
    .transform((row) => ({ ...row, membername: row.name, interface: row.location })),
  z.object({
    event: z.literal('QueueEntry'),
    queue: text,
    position: whole,
    channel: text,
    uniqueid: text,
    calleridnum: text.optional(),
    calleridname: text.optional(),
    wait: whole,
  }),
])
type QueueEntryItem = Extract<z.infer<typeof queueItem>, { event: 'QueueEntry' }>

/** Puts both answers together. `takenAt` is when the first question was asked. */
export function readSnapshot(
  queueFrames: readonly AmiFrame[],
  channelFrames: readonly AmiFrame[],
  takenAt: Instant,
  bootedAt: Instant | null,
  callEndOf: CallEndOf = instantOfSeconds,
): Snapshot {
  const channels = channelFrames.map(readChannel).filter((one) => one !== null)
  const byId = new Map(channels.map((channel) => [channel.uniqueid, channel]))
  const items = readItems(queueFrames)
  const callers = items
    .filter((item) => item.event === 'QueueEntry')
    .map((entry) => queuedCaller(entry, byId.get(entry.uniqueid), takenAt))
  return {
    calls: { takenAt, bootedAt, channels, waiting: callers.map((one) => waiting(one, takenAt)) },
    ...queuesAndMembers(items, callEndOf),
    callers,
    bad: queueFrames.length - items.length + channelFrames.length - channels.length,
  }
}

/** The queues and their members alone, of a QueueStatus asked for nothing else. */
export function readMembers(
  queueFrames: readonly AmiFrame[],
  callEndOf: CallEndOf,
): Pick<Snapshot, 'queues' | 'members'> {
  return queuesAndMembers(readItems(queueFrames), callEndOf)
}

type QueueItem = z.infer<typeof queueItem>

function readItems(frames: readonly AmiFrame[]): QueueItem[] {
  return frames.flatMap((frame) => queueItem.safeParse(withFirstValues(frame)).data ?? [])
}

function queuesAndMembers(items: readonly QueueItem[], callEndOf: CallEndOf) {
  return {
    queues: items
      .filter((item) => item.event === 'QueueParams')
      .map(({ queue, strategy }) => ({ queue, strategy })),
    members: items
      .filter((item) => item.event === 'QueueMember')
      .map((item) => memberView(item, callEndOf)),
  }
}

function readChannel(frame: AmiFrame): LiveChannel | null {
  const item = channelItem.safeParse(withFirstValues(frame)).data
  if (item === undefined) return null
  return {
    ...channelView(item),
    application: item.application,
    applicationData: item.applicationdata,
    bridgeId: item.bridgeid || null,
    durationSeconds: secondsOf(item.duration),
  }
}

/** QueueEntry does not say whether the number is withheld; the caller's channel does. */
function queuedCaller(
  entry: QueueEntryItem,
  channel: LiveChannel | undefined,
  takenAt: Instant,
): QueuedCaller {
  const withheld = channel?.withheld ?? false
  return {
    queue: entry.queue,
    uniqueid: entry.uniqueid,
    channel: entry.channel,
    position: entry.position,
    joinedAt: instantOfMs(Date.parse(takenAt) - entry.wait * 1000),
    callerIdNum: withheld ? null : callerNumber(entry.calleridnum),
    callerIdName: withheld ? null : plainName(entry.calleridname),
    withheld,
  }
}

function waiting(caller: QueuedCaller, takenAt: Instant): WaitingEntry {
  const { uniqueid, channel, queue, position, callerIdNum, callerIdName } = caller
  const waitSeconds = (Date.parse(takenAt) - Date.parse(caller.joinedAt)) / 1000
  return { uniqueid, channel, queue, position, waitSeconds, callerIdNum, callerIdName }
}

/** `01:02:03`; hours may have more digits. */
function secondsOf(duration: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = duration.split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds || 0
}
