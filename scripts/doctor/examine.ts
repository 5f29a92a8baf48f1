import { access, constants, stat } from 'node:fs/promises'
import { type AmiFrame, headerOf } from '../../server/ami/ami-frame.ts'
import { DIALPLAN_GLOBAL, readDialplanVersion } from '../../server/ami/dialplan/dialplan-version.ts'
import { setsTag, TAGGING_QUESTION } from '../../server/ami/dialplan/tags-seen.ts'
import type { AmiUser } from '../../server/ami/ami-url.ts'
import type { PbxAddress } from '../../server/config.ts'
import { AmiFailure, openSession, type AmiSession } from './ami-session.ts'
import { look, type Finding } from './finding.ts'
import {
  judgeControlRights,
  judgeDiallerRights,
  judgeFileReading,
  judgeSignIn,
  judgeTrackerRights,
  judgeVersion,
  NO_CONTROL,
  type SignIn,
} from './judge-access.ts'
import {
  judgeClasses,
  judgeFilter,
  judgeTags,
  judgeTimestamps,
  type Heard,
} from './judge-events.ts'
import {
  judgeClock,
  judgeContexts,
  judgeDialplan,
  judgeJournal,
  judgeQueue,
  judgeRecordings,
  judgeTestCall,
  judgeTransfers,
  judgeWrapUp,
  NEEDED_CONTEXTS,
  type ContextSeen,
  type FolderSeen,
  type JournalSeen,
  type QueueSeen,
} from './judge-pbx.ts'
import { placeTestCall } from './test-call.ts'

export interface Order {
  pbx: PbxAddress
  queues: readonly string[]
  recordingsDir: string | null
  /** CALLBACK_CONFIRM: agents are to confirm callbacks. */
  mustConfirm: boolean
  /** WRAP_UP_SECONDS. */
  wrapUpSeconds: number
  hotlineNumber: string
  /** Rings this phone for some seconds; null: nothing rings. */
  testExtension: string | null
  /** How long a provoked event may take to arrive. */
  hearMs: number
}

/**
 * Everything that can be said of a PBX from the outside. It provokes two events that nobody notices:
 * a paused member that joins and leaves the first queue at once, and a call to a phone that does not
 * exist. Findings come in the order in which they should be put right.
 */
export async function examine(order: Order): Promise<Finding[]> {
  const { pbx } = order
  const [tracker, trackerFinding] = await trySignIn(pbx, pbx)
  if (tracker === null) return [trackerFinding]
  const [dialler, diallerFinding] = await trySignIn(pbx, pbx.dialer)
  try {
    const findings = [trackerFinding, diallerFinding, ...(await examineTracker(order, tracker))]
    const call = await callWhenAsked(order, tracker, dialler)
    const events = await examineEvents(order, tracker, dialler, call?.status === 'right')
    const control = await examineControl(pbx, await readDialplan(tracker))
    return [...findings, ...events, ...control, ...(call === null ? [] : [call])]
  } finally {
    tracker.close()
    dialler?.close()
  }
}

async function examineControl(pbx: PbxAddress, version: number | null): Promise<Finding[]> {
  if (pbx.control === undefined) return [NO_CONTROL]
  const [control, finding] = await trySignIn(pbx, pbx.control)
  if (control === null) return [finding]
  try {
    const rights = judgeControlRights(pbx.control.username, await allowedActions(control))
    return [finding, rights, judgeTransfers(version)]
  } finally {
    control.close()
  }
}

async function trySignIn(pbx: PbxAddress, user: AmiUser): Promise<[AmiSession | null, Finding]> {
  const address = `${pbx.host}:${pbx.port}`
  const finding = (signIn: SignIn) => judgeSignIn(user.username, address, signIn)
  try {
    const session = await openSession({ ...user, host: pbx.host, port: pbx.port })
    return [session, finding({ outcome: 'signed_in' })]
  } catch (error) {
    if (!(error instanceof AmiFailure)) throw error
    const outcome = error.stage === 'sign_in' ? 'refused' : 'unreachable'
    return [null, finding({ outcome, because: error.message })]
  }
}

async function examineTracker(order: Order, tracker: AmiSession): Promise<Finding[]> {
  const settings = await tracker.send({ name: 'CoreSettings' })
  const queues = await readQueues(tracker)
  return [
    judgeVersion(headerOf(settings, 'asteriskversion') ?? headerOf(settings, 'message') ?? null),
    judgeTrackerRights(order.pbx.username, await allowedActions(tracker)),
    ...order.queues.map((queue) => judgeQueue(queue, queues)),
    ...(await examineFiles(order, tracker)),
    judgeContexts(await readContexts(tracker)),
    judgeDialplan(await readDialplan(tracker), order.mustConfirm),
    judgeJournal(await readJournal(tracker)),
    judgeRecordings(order.recordingsDir, await seeFolder(order.recordingsDir)),
    judgeClock(await clockOffset(tracker)),
  ]
}

async function examineEvents(
  order: Order,
  tracker: AmiSession,
  dialler: AmiSession | null,
  isCallMade: boolean,
): Promise<Finding[]> {
  if (dialler === null) return [look('the events could not be tried', 'sign-in comes first')]
  const rights = judgeDiallerRights(order.pbx.dialer.username, await allowedActions(dialler))
  if (rights.status === 'wrong') return [rights]
  const heard = await provokeEvents(order, tracker, dialler)
  const who = order.pbx.username
  return [
    rights,
    judgeClasses(who, heard),
    judgeTimestamps(heard),
    judgeTags(heard, await readTagging(tracker)),
    judgeFilter(who, heard, isCallMade),
  ]
}

/** ListCommands names exactly the actions that this user may send. */
async function allowedActions(session: AmiSession): Promise<string[]> {
  const reply = await session.send({ name: 'ListCommands' })
  const known = [
    'Originate',
    'Command',
    'Setvar',
    'UpdateConfig',
    'UserEvent',
    'ModuleLoad',
    'DBPut',
    'Hangup',
    'Redirect',
  ]
  const needed = ['QueueStatus', 'QueueAdd', 'QueueRemove', 'QueuePause', 'CoreShowChannels']
  return [...known, ...needed, 'DBGetTree'].filter(
    (name) => headerOf(reply, name.toLowerCase()) !== undefined,
  )
}

async function readQueues(tracker: AmiSession): Promise<QueueSeen[]> {
  const items = await tracker.list({ name: 'QueueStatus' })
  const named = (event: string) => items.filter((item) => headerOf(item, 'event') === event)
  return named('QueueParams').map((queue) => ({
    name: headerOf(queue, 'queue') ?? '',
    members: named('QueueMember')
      .filter((member) => headerOf(member, 'queue') === headerOf(queue, 'queue'))
      .map((member) => headerOf(member, 'location') ?? ''),
  }))
}

async function readContexts(tracker: AmiSession): Promise<Map<string, ContextSeen>> {
  const seen = new Map<string, ContextSeen>()
  for (const context of NEEDED_CONTEXTS) {
    try {
      const items = await tracker.list({ name: 'ShowDialPlan', headers: { Context: context } })
      seen.set(context, items.length > 0 ? 'present' : 'absent')
    } catch (error) {
      if (!(error instanceof AmiFailure)) throw error
      seen.set(context, /permission/i.test(error.message) ? 'denied' : 'absent')
    }
  }
  return seen
}

async function readTagging(tracker: AmiSession): Promise<boolean> {
  try {
    return setsTag(await tracker.list(TAGGING_QUESTION))
  } catch (error) {
    if (error instanceof AmiFailure) return false
    throw error
  }
}

async function readDialplan(tracker: AmiSession): Promise<number | null> {
  return readDialplanVersion(await readVariable(tracker, DIALPLAN_GLOBAL))
}

/**
 * `QueueStatus` tells the rest of single members alone. The file tells it, where the PBX has the function for it
 * (func_config): then it tells every other file as well.
 */
async function examineFiles({ pbx, queues, wrapUpSeconds }: Order, tracker: AmiSession) {
  const ask = (rest: string) => readVariable(tracker, `AST_CONFIG(${rest})`)
  const canRead = Boolean(await ask('manager.conf,general,enabled'))
  const findings = [judgeFileReading(pbx.username, canRead)]
  for (const queue of queues) {
    // oxlint-disable-next-line no-await-in-loop -- one or two
    const told = canRead ? await ask(`queues.conf,${queue},wrapuptime`) : null
    findings.push(judgeWrapUp(queue, told, wrapUpSeconds))
  }
  return findings
}

/** Null when the tracker may not ask. */
async function readVariable(tracker: AmiSession, name: string): Promise<string | null> {
  const reply = await tracker.send({ name: 'Getvar', headers: { Variable: name } })
  return headerOf(reply, 'response') === 'Success' ? (headerOf(reply, 'value') ?? '') : null
}

async function readJournal(tracker: AmiSession): Promise<JournalSeen> {
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  try {
    const headers = { Family: `hotline/${today}` }
    return { entries: (await tracker.list({ name: 'DBGetTree', headers })).length }
  } catch (error) {
    if (error instanceof AmiFailure) return { because: error.message }
    throw error
  }
}

async function seeFolder(folder: string | null): Promise<FolderSeen> {
  if (folder === null) return 'unset'
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return 'absent'
  return access(folder, constants.R_OK | constants.X_OK).then(
    () => 'readable' as const,
    () => 'unreadable' as const,
  )
}

/** Milliseconds that the PBX's clock is ahead; half of the way there and back is taken off. */
async function clockOffset(tracker: AmiSession): Promise<number | null> {
  const before = Date.now()
  const reply = await tracker.send({ name: 'Ping' })
  const middle = (before + Date.now()) / 2
  const seconds = Number(headerOf(reply, 'timestamp') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 - middle : null
}

async function provokeEvents(
  order: Order,
  tracker: AmiSession,
  dialler: AmiSession,
): Promise<Heard> {
  const member = { Queue: order.queues[0], Interface: 'Local/0@hotline-doctor' }
  await dialler.send({ name: 'QueueAdd', headers: { ...member, Paused: 'true' } })
  await dialler.send({ name: 'QueueRemove', headers: member })
  const nowhere = { Context: 'callback-out', Exten: '0900000000', Priority: 1, Async: 'true' }
  // leads nowhere, but is a channel of which AMI tells
  await dialler.send({
    name: 'Originate',
    headers: { ...nowhere, Channel: 'Local/0@hotline-doctor' },
  })
  await dialler.send({
    name: 'Originate',
    headers: {
      ...nowhere,
      Channel: 'PJSIP/hotline-doctor',
    },
  })
  for (const name of ['FullyBooted', 'QueueMemberAdded', 'OriginateResponse'])
    await tracker.waitFor((event) => headerOf(event, 'event') === name, order.hearMs)
  const pushed = tracker.events.filter((event) => headerOf(event, 'privilege') !== undefined)
  return {
    names: pushed.map((event) => headerOf(event, 'event') ?? ''),
    hasTimestamps:
      pushed.length === 0
        ? null
        : pushed.some((event) => headerOf(event, 'timestamp') !== undefined),
    hasTags: tagsOf(pushed),
  }
}

function tagsOf(events: readonly AmiFrame[]): boolean | null {
  const ofChannels = events.filter((event) => headerOf(event, 'event') === 'Newchannel')
  if (ofChannels.length === 0) return null
  return ofChannels.some((event) => /HOTLINE/.test(JSON.stringify(event['chanvariable'] ?? '')))
}

async function callWhenAsked(
  order: Order,
  tracker: AmiSession,
  dialler: AmiSession | null,
): Promise<Finding | null> {
  const { testExtension, hotlineNumber } = order
  if (testExtension === null || dialler === null) return null
  const call = await placeTestCall(tracker, dialler, testExtension, hotlineNumber)
  return judgeTestCall(testExtension, call)
}
