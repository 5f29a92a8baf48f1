import { failure, success, type AmiUser, type Reply } from './ami-server.ts'
import type { Action, Headers } from './frames.ts'
import { respondOriginate } from './callback-call.ts'
import {
  channelHeaders,
  closeChannel,
  memberHeaders,
  memberState,
  openChannel,
  type Channel,
  type Member,
  type Pbx,
} from './pbx.ts'

/** What an action does; `needs` are the write classes of which the user must have one. */
interface ActionKind {
  needs: readonly string[]
  run: (pbx: Pbx, action: Action, settings: ActionSettings) => Reply
}

export interface ActionSettings {
  version: string
  queues: readonly string[]
  /** Contexts of the dialplan, for ShowDialPlan. */
  contexts: readonly string[]
  /** Called for an accepted Originate. */
  originate: (order: {
    channelId: string
    extension: string
    number: string
    ringMs: number
  }) => void
}

const ACTIONS: Record<string, ActionKind> = {
  Ping: { needs: [], run: ping },
  ListCommands: { needs: [], run: () => ({ response: success('') }) },
  CoreSettings: { needs: ['system', 'reporting'], run: coreSettings },
  Getvar: { needs: ['call', 'reporting'], run: getvar },
  CoreStatus: { needs: ['system', 'reporting'], run: coreStatus },
  CoreShowChannels: { needs: ['system', 'reporting'], run: coreShowChannels },
  DBGetTree: { needs: ['system', 'reporting'], run: dbGetTree },
  ShowDialPlan: { needs: ['config', 'reporting'], run: showDialPlan },
  QueueStatus: { needs: [], run: queueStatus },
  QueueAdd: { needs: ['agent'], run: queueAdd },
  QueueRemove: { needs: ['agent'], run: queueRemove },
  QueuePause: { needs: ['agent'], run: queuePause },
  Originate: { needs: ['originate', 'all'], run: originate },
  Hangup: { needs: ['system', 'call'], run: noSuchChannel },
  Redirect: { needs: ['call'], run: noSuchChannel },
}

/** Answers one action as the PBX would; null when it knows no such action. */
export function answerAction(
  pbx: Pbx,
  settings: ActionSettings,
  action: Action,
  user: AmiUser,
): Reply | null {
  const wanted = (action.get('action') ?? '').toLowerCase()
  const found = Object.entries(ACTIONS).find(([name]) => name.toLowerCase() === wanted)
  if (found === undefined) return null
  if (!mayRun(found[1], user)) return { response: failure('Permission denied') }
  if (found[0] === 'ListCommands') return { response: listCommands(user) }
  return found[1].run(pbx, action, settings)
}

function mayRun(kind: ActionKind, user: AmiUser): boolean {
  return kind.needs.length === 0 || kind.needs.some((need) => user.write.includes(need))
}

function listCommands(user: AmiUser): Headers {
  const allowed = Object.entries(ACTIONS).filter(([, kind]) => mayRun(kind, user))
  return [
    ['Response', 'Success'],
    ...allowed.map(
      ([name, kind]) => [name, `(Priv: ${kind.needs.join(',') || '<none>'})`] as const,
    ),
  ]
}

function ping(pbx: Pbx): Reply {
  return {
    response: [
      ['Response', 'Success'],
      ['Ping', 'Pong'],
      ['Timestamp', (pbx.clock.nowMs() / 1000).toFixed(6)],
    ],
  }
}

function coreSettings(_pbx: Pbx, _action: Action, { version }: ActionSettings): Reply {
  return {
    response: [
      ['Response', 'Success'],
      ['AMIversion', '11.0.0'],
      ['AsteriskVersion', version],
      ['SystemName', ''],
    ],
  }
}

/** What dialplan/hotline.conf says of itself; the demo PBX does what that file would do. */
const GLOBALS: Record<string, string> = { HOTLINE_DIALPLAN: '11' }

function getvar(_pbx: Pbx, action: Action): Reply {
  const name = action.get('variable') ?? ''
  return {
    response: [
      ['Response', 'Success'],
      ['Variable', name],
      ['Value', GLOBALS[name] ?? ''],
    ],
  }
}

/** Its calls are played by themselves: nobody else ends or moves them. */
function noSuchChannel(): Reply {
  return { response: failure('No such channel') }
}

function coreStatus(pbx: Pbx): Reply {
  const booted = new Date(pbx.bootedAtMs).toISOString()
  return {
    response: [
      ['Response', 'Success'],
      ['CoreStartupDate', booted.slice(0, 10)],
      ['CoreStartupTime', booted.slice(11, 19)],
      ['CoreReloadDate', booted.slice(0, 10)],
      ['CoreReloadTime', booted.slice(11, 19)],
      ['CoreCurrentCalls', String(pbx.channels.size)],
    ],
  }
}

/** A list reply: its start, its items, and the event that says it is complete. */
function list(message: string, items: Headers[], end: string): Reply {
  return {
    response: [...success(message), ['EventList', 'start']],
    list: [
      ...items,
      [
        ['Event', end],
        ['EventList', 'Complete'],
        ['ListItems', String(items.length)],
      ],
    ],
  }
}

function coreShowChannels(pbx: Pbx): Reply {
  const items = [...pbx.channels.values()].map((channel) => showChannel(pbx, channel))
  return list('Channels will follow', items, 'CoreShowChannelsComplete')
}

function showChannel(pbx: Pbx, channel: Channel): Headers {
  const seconds = Math.floor((pbx.clock.nowMs() - channel.createdAtMs) / 1000)
  const duration = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return [
    ['Event', 'CoreShowChannel'],
    ...channelHeaders('', channel),
    ['Application', channel.application],
    ['ApplicationData', channel.applicationData],
    ['Duration', duration.map(twoDigits).join(':')],
    ['BridgeId', channel.bridgeId ?? ''],
  ]
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Keys of one family; an absent family is an empty list. Keys look like AstDB's own. */
function dbGetTree(pbx: Pbx, action: Action): Reply {
  const family = action.get('family') ?? ''
  const items = [...pbx.journal]
    .filter(([key]) => key.startsWith(`${family}/`))
    .map(([key, value]): Headers => [
      ['Event', 'DBGetTreeResponse'],
      ['Key', `/${key}`],
      ['Val', value],
    ])
  return list('Result will follow', items, 'DBGetTreeComplete')
}

function showDialPlan(_pbx: Pbx, action: Action, { contexts }: ActionSettings): Reply {
  const wanted = action.get('context') ?? ''
  if (wanted !== '' && !contexts.includes(wanted))
    return { response: failure(`Did not find context ${wanted}`) }
  const items = contexts
    .filter((context) => wanted === '' || context === wanted)
    .map((context): Headers => [
      ['Event', 'ListDialplan'],
      ['AppData', context === 'hotline-ingress' ? 'HOTLINE=19000382' : ''],
      ['Context', context],
    ])
  return list('DialPlan list will follow', items, 'ShowDialPlanComplete')
}

function queueStatus(pbx: Pbx, _action: Action, { queues }: ActionSettings): Reply {
  const items = queues.flatMap((queue) => [
    queueParams(pbx, queue),
    ...pbx.members.filter((one) => one.queue === queue).map((one) => queueMember(pbx, one)),
    ...queueEntries(pbx, queue),
  ])
  return list('Queue status will follow', items, 'QueueStatusComplete')
}

function queueParams(pbx: Pbx, queue: string): Headers {
  return [
    ['Event', 'QueueParams'],
    ['Queue', queue],
    ['Max', '0'],
    ['Strategy', 'ringall'],
    ['Calls', String(pbx.waiting.filter((entry) => entry.queue === queue).length)],
    ['Holdtime', '0'],
    ['TalkTime', '0'],
    ['Completed', '0'],
    ['Abandoned', '0'],
    ['ServiceLevel', '20'],
    ['ServicelevelPerf', '0.0'],
    ['ServicelevelPerf2', '0.0'],
    ['Weight', '0'],
  ]
}

function queueMember(pbx: Pbx, member: Member): Headers {
  return [
    ['Event', 'QueueMember'],
    ['Queue', member.queue],
    ['Name', member.memberName],
    ['Location', member.interface],
    ['StateInterface', member.interface],
    ...memberState(pbx, member),
  ]
}

function queueEntries(pbx: Pbx, queue: string): Headers[] {
  const entries = pbx.waiting.filter((entry) => entry.queue === queue)
  return entries.map(({ channel, joinedAtMs }, index) => [
    ['Event', 'QueueEntry'],
    ['Queue', queue],
    ['Position', String(index + 1)],
    ['Channel', channel.name],
    ['Uniqueid', channel.uniqueid],
    ['CallerIDNum', channel.number],
    ['CallerIDName', 'unknown'],
    ['ConnectedLineNum', 'unknown'],
    ['ConnectedLineName', 'unknown'],
    ['Wait', String(Math.floor((pbx.clock.nowMs() - joinedAtMs) / 1000))],
    ['Priority', '0'],
  ])
}

function queueAdd(pbx: Pbx, action: Action, { queues }: ActionSettings): Reply {
  const queue = action.get('queue') ?? ''
  const device = action.get('interface') ?? ''
  if (!queues.includes(queue))
    return { response: failure('Unable to add interface to queue: No such queue') }
  if (findMember(pbx, queue, device) !== undefined)
    return { response: failure('Unable to add interface: Already there') }
  const member: Member = {
    queue,
    interface: device,
    memberName: action.get('membername') ?? device,
    isPaused: isTrue(action.get('paused')),
    pausedReason: action.get('reason') ?? '',
    callsTaken: 0,
    lastCallAt: 0,
    loginAt: Math.floor(pbx.clock.nowMs() / 1000),
  }
  pbx.members.push(member)
  pbx.emit('agent', 'QueueMemberAdded', memberHeaders(pbx, member))
  return { response: success('Added interface to queue') }
}

function queueRemove(pbx: Pbx, action: Action): Reply {
  const member = findMember(pbx, action.get('queue') ?? '', action.get('interface') ?? '')
  if (member === undefined) return { response: failure('Unable to remove interface: Not there') }
  pbx.members = pbx.members.filter((one) => one !== member)
  pbx.emit('agent', 'QueueMemberRemoved', memberHeaders(pbx, member))
  return { response: success('Removed interface from queue') }
}

/** Without `Queue` the pause is for every queue of the interface. */
function queuePause(pbx: Pbx, action: Action): Reply {
  const queue = action.get('queue')
  const device = action.get('interface')
  const members = pbx.members.filter(
    (one) => one.interface === device && (queue === undefined || one.queue === queue),
  )
  if (members.length === 0) return { response: failure('Interface not found') }
  for (const member of members) {
    member.isPaused = isTrue(action.get('paused'))
    member.pausedReason = member.isPaused ? (action.get('reason') ?? '') : ''
    pbx.emit('agent', 'QueueMemberPause', memberHeaders(pbx, member))
  }
  return { response: success('Interface paused successfully') }
}

function findMember(pbx: Pbx, queue: string, device: string): Member | undefined {
  return pbx.members.find((one) => one.queue === queue && one.interface === device)
}

function isTrue(value: string | undefined): boolean {
  return ['1', 'true', 'yes', 'on'].includes((value ?? '').toLowerCase())
}

function originate(pbx: Pbx, action: Action, settings: ActionSettings): Reply {
  const extension = /^PJSIP\/(\d+)$/.exec(action.get('channel') ?? '')?.[1]
  const number = action.get('exten') ?? ''
  const channelId = action.get('channelid') ?? `cb-${pbx.nextNumber()}`
  if (action.has('application')) return originateApplication(pbx, action, extension, channelId)
  if (action.get('context') === 'callback-hours') return keepHours(pbx, action)
  if (action.get('context') !== 'callback-out' || !/^0\d{9,10}$/.test(number))
    return { response: failure('Extension does not exist.') }
  if (extension === undefined || pbx.channels.has(channelId)) {
    refuseOriginate(pbx, action, channelId)
  } else {
    settings.originate({
      channelId,
      extension,
      number,
      ringMs: Number(action.get('timeout') ?? 30_000),
    })
  }
  return { response: success('Originate successfully queued') }
}

/** `Local/07002130@callback-hours`, as the dialplan keeps it. */
function keepHours(pbx: Pbx, action: Action): Reply {
  const [, from, to] = /^Local\/(\d{4})(\d{4})@/.exec(action.get('channel') ?? '') ?? []
  pbx.journal.set('hotline-hours/told', `${from}-${to}`)
  return { response: success('Originate successfully queued') }
}

/** A phone that is called for an application alone: it answers at once and is hung up. */
function originateApplication(
  pbx: Pbx,
  action: Action,
  extension: string | undefined,
  channelId: string,
): Reply {
  if (extension === undefined) refuseOriginate(pbx, action, channelId)
  else {
    const channel = openChannel(pbx, { endpoint: extension, uniqueid: channelId })
    respondOriginate(pbx, channel, 'Success', 4)
    closeChannel(pbx, channel, 16)
  }
  return { response: success('Originate successfully queued') }
}

function refuseOriginate(pbx: Pbx, action: Action, channelId: string): void {
  pbx.clock.after(0, () =>
    pbx.emit('call', 'OriginateResponse', [
      ['Response', 'Failure'],
      ['Channel', action.get('channel') ?? ''],
      ['Context', action.get('context') ?? ''],
      ['Exten', action.get('exten') ?? ''],
      ['Reason', '0'],
      ['Uniqueid', channelId],
      ['CallerIDNum', '<unknown>'],
      ['CallerIDName', '<unknown>'],
    ]),
  )
}
