import { z } from 'zod'
import { headerOf, withFirstValues, type AmiFrame } from './ami-frame.ts'

/**
 * The events that the service understands, with only the headers it uses. Keys are Asterisk's in
 * lower case, as the parser gives them. `manager.conf` filters to the same names.
 */
const text = z.string()
const whole = z.coerce.number().int()
/** Channel variables that `channelvars` adds to every channel event; empty when not set. */
const tags = z.object({ HOTLINE: text.optional(), HOTLINE_CLI: text.optional() }).optional()
const base = { timestamp: text.optional() }

const chan = {
  channel: text,
  uniqueid: text,
  linkedid: text,
  calleridnum: text.optional(),
  calleridname: text.optional(),
  chanvariable: tags,
}
const dest = {
  destchannel: text,
  destuniqueid: text,
  destlinkedid: text,
  destcalleridnum: text.optional(),
  destcalleridname: text.optional(),
}
/** The caller's block of Dial events: absent for the first leg of an Originate. */
const maybeChan = {
  ...chan,
  channel: text.optional(),
  uniqueid: text.optional(),
  linkedid: text.optional(),
}
const visit = { queue: text, membername: text }
const member = {
  ...base,
  queue: text,
  membername: text,
  interface: text,
  penalty: whole,
  lastcall: whole,
  incall: whole,
  status: whole,
  paused: whole,
  pausedreason: text.optional(),
  wrapuptime: whole.optional(),
}
const spy = { ...base, spyeruniqueid: text, spyeeuniqueid: text.optional() }
const dial = { ...base, ...maybeChan, ...dest }

const SCHEMAS = {
  FullyBooted: z.object({ event: z.literal('FullyBooted'), ...base, uptime: whole.optional() }),
  Shutdown: z.object({ event: z.literal('Shutdown'), ...base, restart: text.optional() }),
  Reload: z.object({ event: z.literal('Reload'), ...base, module: text.optional() }),
  QueueCallerJoin: z.object({
    event: z.literal('QueueCallerJoin'),
    ...base,
    ...chan,
    queue: text,
    position: whole,
  }),
  QueueCallerLeave: z.object({
    event: z.literal('QueueCallerLeave'),
    ...base,
    uniqueid: text,
    queue: text,
  }),
  QueueCallerAbandon: z.object({
    event: z.literal('QueueCallerAbandon'),
    ...base,
    uniqueid: text,
    queue: text,
    holdtime: whole,
  }),
  AgentCalled: z.object({
    event: z.literal('AgentCalled'),
    ...base,
    ...chan,
    ...dest,
    ...visit,
  }),
  AgentRingNoAnswer: z.object({
    event: z.literal('AgentRingNoAnswer'),
    ...base,
    uniqueid: text,
    destuniqueid: text,
    ringtime: whole,
  }),
  AgentConnect: z.object({
    event: z.literal('AgentConnect'),
    ...base,
    ...chan,
    ...dest,
    ...visit,
    holdtime: whole,
    ringtime: whole,
  }),
  AgentComplete: z.object({
    event: z.literal('AgentComplete'),
    ...base,
    ...visit,
    uniqueid: text.optional(),
    destuniqueid: text.optional(),
    holdtime: whole,
    talktime: whole,
    reason: text,
  }),
  AgentDump: z.object({
    event: z.literal('AgentDump'),
    ...base,
    uniqueid: text,
    destuniqueid: text,
    queue: text,
  }),
  QueueMemberAdded: z.object({ event: z.literal('QueueMemberAdded'), ...member }),
  QueueMemberRemoved: z.object({
    event: z.literal('QueueMemberRemoved'),
    ...base,
    queue: text,
    interface: text,
  }),
  QueueMemberStatus: z.object({ event: z.literal('QueueMemberStatus'), ...member }),
  QueueMemberPause: z.object({ event: z.literal('QueueMemberPause'), ...member }),
  QueueMemberPenalty: z.object({ event: z.literal('QueueMemberPenalty'), ...member }),
  QueueMemberRinginuse: z.object({ event: z.literal('QueueMemberRinginuse'), ...member }),
  Newchannel: z.object({
    event: z.literal('Newchannel'),
    ...base,
    ...chan,
    context: text,
    exten: text,
  }),
  Rename: z.object({ event: z.literal('Rename'), ...base, uniqueid: text, newname: text }),
  NewCallerid: z.object({
    event: z.literal('NewCallerid'),
    ...base,
    uniqueid: text,
    calleridnum: text.optional(),
    'cid-callingpres': text,
  }),
  DialBegin: z.object({ event: z.literal('DialBegin'), ...dial, dialstring: text.optional() }),
  DialEnd: z.object({
    event: z.literal('DialEnd'),
    ...dial,
    dialstatus: text,
    forward: text.optional(),
  }),
  BridgeEnter: z.object({
    event: z.literal('BridgeEnter'),
    ...base,
    ...chan,
    bridgeuniqueid: text,
    swapuniqueid: text.optional(),
  }),
  BridgeLeave: z.object({
    event: z.literal('BridgeLeave'),
    ...base,
    bridgeuniqueid: text,
    uniqueid: text,
  }),
  BlindTransfer: z.object({
    event: z.literal('BlindTransfer'),
    ...base,
    result: text,
    transfereruniqueid: text,
    transfereeuniqueid: text.optional(),
    extension: text,
  }),
  AttendedTransfer: z.object({
    event: z.literal('AttendedTransfer'),
    ...base,
    result: text,
    origtransfereruniqueid: text,
    secondtransfereruniqueid: text,
    transfereeuniqueid: text.optional(),
    transfertargetuniqueid: text.optional(),
  }),
  Pickup: z.object({ event: z.literal('Pickup'), ...base, ...chan, targetuniqueid: text }),
  LocalBridge: z.object({
    event: z.literal('LocalBridge'),
    ...base,
    localoneuniqueid: text,
    localtwouniqueid: text,
  }),
  Hold: z.object({ event: z.literal('Hold'), ...base, uniqueid: text }),
  Unhold: z.object({ event: z.literal('Unhold'), ...base, uniqueid: text }),
  Hangup: z.object({
    event: z.literal('Hangup'),
    ...base,
    ...chan,
    cause: whole,
    context: text.optional(),
    'cause-txt': text.optional(),
  }),
  ChanSpyStart: z.object({ event: z.literal('ChanSpyStart'), ...spy }),
  ChanSpyStop: z.object({ event: z.literal('ChanSpyStop'), ...spy }),
  OriginateResponse: z.object({
    event: z.literal('OriginateResponse'),
    ...base,
    response: text,
    reason: whole,
    uniqueid: text.optional(),
  }),
  /** Of our dialplan: what a callback's channel waits for, or a caller who keeps a place. Others of the site are left alone. */
  UserEvent: z.object({
    event: z.literal('UserEvent'),
    ...base,
    userevent: text,
    channelid: text.optional(),
    confirmation: text.optional(),
    consent: text.optional(),
    queue: text.optional(),
    number: text.optional(),
  }),
} as const

export type AmiEvent = z.infer<(typeof SCHEMAS)[keyof typeof SCHEMAS]>
/** The channel headers of an event that has them. */
export type ChannelHeaders = z.infer<z.ZodObject<typeof chan>>
export type DestHeaders = z.infer<z.ZodObject<typeof dest>>
export type MemberHeaders = z.infer<z.ZodObject<typeof member>>

/** Why a frame is no event of ours: a name that is not listed, or headers that are not as they are. */
export interface UnreadEvent {
  event: null
  name: string
  problem: 'unknown' | 'malformed'
  /** The first header at fault; never its value. */
  header: string | null
}

interface KnownEvent {
  name: string
  schema: z.ZodType<AmiEvent>
}
const BY_NAME: ReadonlyMap<string, KnownEvent> = new Map(
  Object.entries(SCHEMAS).map(([name, schema]) => [name, { name, schema }]),
)

/** Every name of the include list. */
export const EVENT_NAMES: readonly string[] = [...BY_NAME.keys()]

/** Every header that some event is read by, in lower case. */
export const HEADERS_READ: readonly string[] = [
  ...new Set(Object.values(SCHEMAS).flatMap((schema) => Object.keys(schema.shape))),
]

/** Names that the include list lets through and that say nothing we use. */
export const IGNORED_EVENTS: ReadonlySet<string> = new Set([
  'LocalOptimizationBegin',
  'LocalOptimizationEnd',
])

/** Reads one frame. Unknown names are turned away before any header is looked at. */
export function parseAmiEvent(frame: AmiFrame): AmiEvent | UnreadEvent {
  const name = headerOf(frame, 'event') ?? ''
  const known = BY_NAME.get(name)
  if (known === undefined) return { event: null, name, problem: 'unknown', header: null }
  const { schema } = known
  // our own string: who asks for the name later compares no letters
  frame['event'] = known.name
  const read = schema.safeParse(frame)
  if (read.success) return read.data
  // a repeated header is an array: the first value wins
  const again = schema.safeParse(withFirstValues(frame))
  if (again.success) return again.data
  const header = again.error.issues[0]?.path.join('.') ?? null
  return { event: null, name, problem: 'malformed', header }
}
