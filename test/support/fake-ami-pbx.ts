import { failure, listReply, success, type Frame, type ReceivedAction } from './fake-ami-frames.ts'

/** The state that the fake Asterisk answers from; tests change it as they like. */
export interface FakePbx {
  /** Items of QueueStatus: QueueParams, QueueMember and QueueEntry frames in Asterisk's order. */
  queueStatus: Frame[]
  /** Items of CoreShowChannels. */
  channels: Frame[]
  /** AstDB: `hotline/20261122/answered/1700000000.1` → value. */
  database: Map<string, string>
  version: string
  /** Global variables of the dialplan. */
  globals: Map<string, string>
  /** Members by `queue|interface`, kept by QueueAdd, QueueRemove and QueuePause. */
  members: Map<string, { paused: boolean; reason: string; memberName: string }>
  /** Queues that exist for QueueAdd. */
  queues: Set<string>
  answer(action: ReceivedAction): Frame | Frame[]
  /** Events that the last action caused; empties the list. */
  takeEvents(): Frame[]
}

export function createFakePbx(nowMs: () => number): FakePbx {
  const events: Frame[] = []
  const pbx: FakePbx = {
    queueStatus: [],
    channels: [],
    database: new Map([['hotline-hours/told', '0700-2130']]),
    version: '22.10.1',
    globals: new Map([['HOTLINE_DIALPLAN', '11']]),
    members: new Map(),
    queues: new Set(['hotline', 'hotline-tech']),
    takeEvents: () => events.splice(0),
    answer(action) {
      const handler = ANSWERS[action.name]
      if (handler === undefined) return failure(action, 'Invalid/unknown command')
      return handler(pbx, action, { nowMs, emit: (event) => events.push(event) })
    },
  }
  return pbx
}

interface Outside {
  nowMs: () => number
  emit: (event: Frame) => void
}
type Answer = (pbx: FakePbx, action: ReceivedAction, outside: Outside) => Frame | Frame[]

const ANSWERS: Record<string, Answer> = {
  ping: (_pbx, action, { nowMs }) =>
    success(action, { Ping: 'Pong', Timestamp: (nowMs() / 1000).toFixed(6) }),
  logoff: (_pbx, action) => ({
    Response: 'Goodbye',
    ActionID: action.actionId,
    Message: 'Thanks for all the fish.',
  }),
  coresettings: (pbx, action) =>
    success(action, { AMIversion: '11.0.0', AsteriskVersion: pbx.version }),
  getvar: (pbx, action) => {
    const name = action.headers['variable'] ?? ''
    return success(action, { Variable: name, Value: pbx.globals.get(name) ?? '' })
  },
  queuestatus: (pbx, action) => listReply(action, 'QueueStatusComplete', pbx.queueStatus),
  coreshowchannels: (pbx, action) => listReply(action, 'CoreShowChannelsComplete', pbx.channels),
  dbgettree: (pbx, action) => listReply(action, 'DBGetTreeComplete', databaseItems(pbx, action)),
  originate: (_pbx, action) => success(action, { Message: 'Originate successfully queued' }),
  queueadd: addMember,
  queueremove: removeMember,
  queuepause: pauseMember,
}

function databaseItems(pbx: FakePbx, { headers }: ReceivedAction): Frame[] {
  const prefix = [headers['family'], headers['key']].filter(Boolean).join('/')
  return [...pbx.database]
    .filter(([path]) => path === prefix || path.startsWith(`${prefix}/`))
    .map(([path, value]) => ({ Event: 'DBGetTreeResponse', Key: `/${path}`, Val: value }))
}

function addMember(pbx: FakePbx, action: ReceivedAction, { emit }: Outside): Frame {
  const { queue = '', interface: device = '', paused = 'false', membername = '' } = action.headers
  if (!pbx.queues.has(queue))
    return failure(action, 'Unable to add interface to queue: No such queue')
  const key = `${queue}|${device}`
  if (pbx.members.has(key)) return failure(action, 'Unable to add interface: Already there')
  pbx.members.set(key, { paused: isYes(paused), reason: '', memberName: membername })
  emit(memberEvent('QueueMemberAdded', pbx, key))
  return success(action, { Message: 'Added interface to queue' })
}

function removeMember(pbx: FakePbx, action: ReceivedAction, { emit }: Outside): Frame {
  const { queue = '', interface: device = '' } = action.headers
  const key = `${queue}|${device}`
  if (!pbx.members.has(key)) return failure(action, 'Unable to remove interface: Not there')
  emit(memberEvent('QueueMemberRemoved', pbx, key))
  pbx.members.delete(key)
  return success(action, { Message: 'Removed interface from queue' })
}

function pauseMember(pbx: FakePbx, action: ReceivedAction, { emit }: Outside): Frame {
  const { queue = '', interface: device = '', paused = 'false', reason = '' } = action.headers
  const key = `${queue}|${device}`
  const member = pbx.members.get(key)
  if (member === undefined) return failure(action, 'Interface not found')
  Object.assign(member, { paused: isYes(paused), reason })
  emit(memberEvent('QueueMemberPause', pbx, key))
  return success(action, { Message: 'Interface paused successfully' })
}

function memberEvent(event: string, pbx: FakePbx, key: string): Frame {
  const member = pbx.members.get(key)
  const [queue = '', device = ''] = key.split('|')
  return {
    Event: event,
    Privilege: 'agent,all',
    Queue: queue,
    MemberName: member?.memberName ?? '',
    Interface: device,
    StateInterface: device,
    Membership: 'dynamic',
    Penalty: 0,
    CallsTaken: 0,
    LastCall: 0,
    LastPause: 0,
    LoginTime: 0,
    InCall: 0,
    Status: 1,
    Paused: member?.paused === true ? 1 : 0,
    PausedReason: member?.reason ?? '',
    Ringinuse: 0,
    Wrapuptime: 10,
  }
}

function isYes(text: string): boolean {
  return ['1', 'true', 'yes', 'on'].includes(text.toLowerCase())
}
