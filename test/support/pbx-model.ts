/** One AMI frame with its keys as received; repeated keys are arrays. */
export type Frame = Record<string, string | string[]>

interface Journal {
  family: string
  key: string
  value: string
}

export interface PbxModel {
  /** Follows one event of the tape, at its wall-clock time in epoch milliseconds. */
  event(frame: Frame, atMs: number): void
  journal(entry: Journal): void
  /** Forgets what a restarted Asterisk forgets (its database stays) and takes the new snapshot. */
  restart(snapshot: ModelSnapshot, atMs: number): void
  /** What QueueStatus answers now. */
  queueFrames(nowMs: number): Frame[]
  /** What CoreShowChannels answers now. */
  channelFrames(nowMs: number): Frame[]
  /** Entries of one AstDB family, as DBGetTree names them. */
  journalEntries(family: string): Journal[]
  readonly bootedAtMs: number
}

export interface ModelSnapshot {
  queues: readonly Frame[]
  channels: readonly Frame[]
}

interface ModelChannel {
  frame: Frame
  createdAtMs: number
  application: string
  data: string
  bridgeId: string
}

interface ModelEntry {
  frame: Frame
  joinedAtMs: number
}

const CHANNEL_KEYS = [
  'Channel',
  'ChannelState',
  'ChannelStateDesc',
  'CallerIDNum',
  'CallerIDName',
  'ConnectedLineNum',
  'ConnectedLineName',
  'Language',
  'AccountCode',
  'Context',
  'Exten',
  'Priority',
  'Uniqueid',
  'Linkedid',
  'ChanVariable',
]

/**
 * Asterisk's memory, rebuilt from the events it sent: what a service that reconnects at any moment
 * of a tape would be told. Only what QueueStatus, CoreShowChannels and DBGetTree show is kept.
 */
export function createPbxModel(snapshot: ModelSnapshot, startedAtMs: number): PbxModel {
  const channels = new Map<string, ModelChannel>()
  const entries = new Map<string, ModelEntry>()
  const members = new Map<string, Frame>()
  const journal = new Map<string, Journal>()
  let params: Frame[] = []
  let bootedAtMs = startedAtMs - 3_600_000
  load(snapshot)

  function load(from: ModelSnapshot): void {
    channels.clear()
    entries.clear()
    members.clear()
    params = from.queues.filter((frame) => frame['Event'] === 'QueueParams')
    for (const frame of from.queues) {
      if (frame['Event'] === 'QueueMember') members.set(memberKey(frame, 'Location'), frame)
    }
  }

  function follow(frame: Frame, prefix: string, atMs: number): ModelChannel | undefined {
    const uniqueid = text(frame, `${prefix}Uniqueid`)
    if (uniqueid === '') return undefined
    const known = channels.get(uniqueid)
    if (known === undefined && frame['Event'] !== 'Newchannel') return undefined
    const channel = known ?? {
      frame: {},
      createdAtMs: atMs,
      application: '',
      data: '',
      bridgeId: '',
    }
    for (const key of CHANNEL_KEYS) {
      const value = frame[`${prefix}${key}`]
      if (value !== undefined) channel.frame[key] = value
    }
    channels.set(uniqueid, channel)
    return channel
  }

  function event(frame: Frame, atMs: number): void {
    const channel = follow(frame, '', atMs)
    const dest = follow(frame, 'Dest', atMs)
    switch (text(frame, 'Event')) {
      case 'QueueCallerJoin':
        if (channel)
          Object.assign(channel, { application: 'Queue', data: `${text(frame, 'Queue')},t` })
        entries.set(text(frame, 'Uniqueid'), { frame, joinedAtMs: atMs })
        return
      case 'QueueCallerLeave':
        entries.delete(text(frame, 'Uniqueid'))
        return
      case 'AgentCalled':
        if (dest) Object.assign(dest, { application: 'AppQueue', data: '(Outgoing Line)' })
        return
      case 'DialBegin':
        if (dest?.application === '') dest.application = channel ? 'AppDial' : 'AppDial2'
        if (channel?.application === '' || channel?.application === 'AppDial2')
          channel.application = 'Dial'
        return
      case 'BridgeEnter':
        if (channel) channel.bridgeId = text(frame, 'BridgeUniqueid')
        return
      case 'BridgeLeave':
        if (channel) channel.bridgeId = ''
        return
      case 'Rename':
        rename(text(frame, 'Uniqueid'), text(frame, 'Newname'))
        return
      case 'Hangup':
        channels.delete(text(frame, 'Uniqueid'))
        return
      case 'QueueMemberRemoved':
        members.delete(memberKey(frame, 'Interface'))
        return
      case 'QueueMemberAdded':
      case 'QueueMemberPause':
      case 'QueueMemberStatus':
        members.set(memberKey(frame, 'Interface'), listed(frame))
        return
      default:
    }
  }

  function rename(uniqueid: string, name: string): void {
    const channel = channels.get(uniqueid)
    if (channel) channel.frame['Channel'] = name
  }

  return {
    event,
    journal: (entry) => void journal.set(`${entry.family}/${entry.key}`, entry),
    restart(from, atMs) {
      load(from)
      bootedAtMs = atMs
    },
    queueFrames: (nowMs) => [
      ...params,
      ...members.values(),
      ...[...entries.values()].map((entry, index) => entryFrame(entry, index + 1, nowMs)),
    ],
    channelFrames: (nowMs) => [...channels.values()].map((channel) => channelFrame(channel, nowMs)),
    journalEntries: (family) => [...journal.values()].filter((entry) => entry.family === family),
    get bootedAtMs() {
      return bootedAtMs
    },
  }
}

/** Events say `MemberName` and `Interface` where the list says `Name` and `Location`. */
function listed(frame: Frame): Frame {
  return {
    ...frame,
    Event: 'QueueMember',
    Name: text(frame, 'MemberName'),
    Location: text(frame, 'Interface'),
  }
}

function entryFrame(entry: ModelEntry, position: number, nowMs: number): Frame {
  const { frame } = entry
  return {
    Event: 'QueueEntry',
    Queue: text(frame, 'Queue'),
    Position: String(position),
    Channel: text(frame, 'Channel'),
    Uniqueid: text(frame, 'Uniqueid'),
    CallerIDNum: unknownWord(text(frame, 'CallerIDNum')),
    CallerIDName: unknownWord(text(frame, 'CallerIDName')),
    ConnectedLineNum: 'unknown',
    ConnectedLineName: 'unknown',
    Wait: String(Math.floor((nowMs - entry.joinedAtMs) / 1000)),
    Priority: '0',
  }
}

function channelFrame(channel: ModelChannel, nowMs: number): Frame {
  return {
    Event: 'CoreShowChannel',
    ...channel.frame,
    Application: channel.application,
    ApplicationData: channel.data,
    Duration: clockText(Math.floor((nowMs - channel.createdAtMs) / 1000)),
    BridgeId: channel.bridgeId,
  }
}

function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

function memberKey(frame: Frame, interfaceKey: string): string {
  return `${text(frame, 'Queue')} ${text(frame, interfaceKey)}`
}

function unknownWord(value: string): string {
  return value === '<unknown>' || value === '' ? 'unknown' : value
}

function text(frame: Frame, key: string): string {
  const value = frame[key]
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? '')
}
