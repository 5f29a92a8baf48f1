import type { Headers } from './frames.ts'

/** Time for the model, so that tests can drive it. */
export interface Clock {
  nowMs(): number
  after(ms: number, task: () => void): () => void
}

export interface Channel {
  name: string
  uniqueid: string
  linkedid: string
  state: number
  number: string
  calledName: string
  connectedNumber: string
  context: string
  exten: string
  application: string
  applicationData: string
  bridgeId: string | null
  /** `HOTLINE=19000382`, as `channelvars` of manager.conf shows them. */
  variables: string[]
  createdAtMs: number
}

export interface Member {
  queue: string
  interface: string
  memberName: string
  isPaused: boolean
  pausedReason: string
  callsTaken: number
  lastCallAt: number
  loginAt: number
}

/** Device states as AMI numbers them. */
export const IDLE = 1
export const IN_USE = 2
export const RINGING = 6

export interface QueueEntry {
  channel: Channel
  queue: string
  joinedAtMs: number
}

/** What the simulated PBX knows; the call files change it and say so by `emit`. */
export interface Pbx {
  clock: Clock
  bootedAtMs: number
  hotlineNumber: string
  channels: Map<string, Channel>
  members: Member[]
  waiting: QueueEntry[]
  /** Device state per interface (`PJSIP/101`); idle when absent. */
  devices: Map<string, number>
  /** AstDB: `hotline/20261122/answered/<uniqueid>` → `v1|…`. */
  journal: Map<string, string>
  emit: (eventClass: 'call' | 'agent' | 'system', name: string, headers: Headers) => void
  nextNumber: () => number
}

export function createPbx(
  clock: Clock,
  publish: (eventClass: string, event: Headers) => void,
  hotlineNumber = '19000382',
): Pbx {
  let counter = 0
  return {
    clock,
    bootedAtMs: clock.nowMs(),
    hotlineNumber,
    channels: new Map(),
    members: [],
    waiting: [],
    devices: new Map(),
    journal: new Map(),
    nextNumber: () => (counter += 1),
    emit: (eventClass, name, headers) =>
      publish(eventClass, [
        ['Event', name],
        ['Privilege', `${eventClass},all`],
        ['Timestamp', (clock.nowMs() / 1000).toFixed(6)],
        ...headers,
      ]),
  }
}

/** Makes a channel and says so; `linkedTo` is the channel that asked for it. */
export function openChannel(
  pbx: Pbx,
  wanted: Partial<Channel> & { endpoint: string },
  linkedTo?: Channel,
): Channel {
  const { endpoint, ...rest } = wanted
  const number = pbx.nextNumber()
  const uniqueid = rest.uniqueid ?? `${Math.floor(pbx.clock.nowMs() / 1000)}.${number}`
  const channel: Channel = {
    name: `PJSIP/${endpoint}-${number.toString(16).padStart(8, '0')}`,
    linkedid: linkedTo?.linkedid ?? uniqueid,
    state: 0,
    number: '',
    calledName: '',
    connectedNumber: '',
    context: 'agents',
    exten: '',
    application: '',
    applicationData: '',
    bridgeId: null,
    variables: [],
    createdAtMs: pbx.clock.nowMs(),
    ...rest,
    uniqueid,
  }
  pbx.channels.set(uniqueid, channel)
  pbx.emit('call', 'Newchannel', channelHeaders('', { ...channel, variables: [] }))
  return channel
}

export function closeChannel(pbx: Pbx, channel: Channel, cause: number): void {
  if (!pbx.channels.delete(channel.uniqueid)) return
  pbx.emit('call', 'Hangup', [
    ...channelHeaders('', channel),
    ['Cause', String(cause)],
    ['Cause-txt', CAUSES[cause] ?? 'Unknown'],
  ])
}

const CAUSES: Record<number, string> = {
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'No answer',
  26: 'Answered elsewhere',
}

const STATES: Record<number, string> = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' }

/** The block of headers that describes a channel; `Dest` is put before each name of the second. */
export function channelHeaders(prefix: '' | 'Dest', channel: Channel): Headers {
  const headers: Headers = [
    ['Channel', channel.name],
    ['ChannelState', String(channel.state)],
    ['ChannelStateDesc', STATES[channel.state] ?? 'Unknown'],
    ['CallerIDNum', orUnknown(channel.number)],
    ['CallerIDName', orUnknown(channel.calledName)],
    ['ConnectedLineNum', orUnknown(channel.connectedNumber)],
    ['ConnectedLineName', '<unknown>'],
    ['Language', 'vi'],
    ['AccountCode', ''],
    ['Context', channel.context],
    ['Exten', channel.exten],
    ['Priority', '1'],
    ['Uniqueid', channel.uniqueid],
    ['Linkedid', channel.linkedid],
    ...tagsOf(channel.variables).map((variable) => ['ChanVariable', variable] as const),
  ]
  return headers.map(([name, value]) => [`${prefix}${name}`, value])
}

function orUnknown(text: string): string {
  return text === '' ? '<unknown>' : text
}

export function setDevice(pbx: Pbx, device: string, state: number): void {
  if ((pbx.devices.get(device) ?? IDLE) === state) return
  pbx.devices.set(device, state)
  for (const member of pbx.members.filter((one) => one.interface === device))
    pbx.emit('agent', 'QueueMemberStatus', memberHeaders(pbx, member))
}

export function memberHeaders(pbx: Pbx, member: Member): Headers {
  return [
    ['Queue', member.queue],
    ['MemberName', member.memberName],
    ['Interface', member.interface],
    ['StateInterface', member.interface],
    ...memberState(pbx, member),
    ['Ringinuse', '0'],
  ]
}

/** The headers that live events and QueueStatus share. */
export function memberState(pbx: Pbx, member: Member): Headers {
  const status = pbx.devices.get(member.interface) ?? IDLE
  return [
    ['Membership', 'dynamic'],
    ['Penalty', '0'],
    ['CallsTaken', String(member.callsTaken)],
    ['LastCall', String(member.lastCallAt)],
    ['LastPause', '0'],
    ['LoginTime', String(member.loginAt)],
    ['InCall', status === IN_USE ? '1' : '0'],
    ['Status', String(status)],
    ['Paused', member.isPaused ? '1' : '0'],
    ['PausedReason', member.pausedReason],
    ['Wrapuptime', '0'],
  ]
}

/** `20261122`: the UTC day that names a journal family. */
export function journalDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')
}

/** `channelvars` sends both tags with every channel, empty where they are not set. */
function tagsOf(variables: readonly string[]): readonly string[] {
  return variables.length === 0 ? ['HOTLINE=', 'HOTLINE_CLI='] : variables
}
