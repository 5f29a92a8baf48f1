import {
  confirmProblem,
  dialplanProblem,
  doubledProblem,
  holdProblem,
  hoursProblem,
  steeringProblem,
  transferProblem,
} from '../../server/ami/dialplan/dialplan-version.ts'
import type { CallbackSettings } from '../../server/contract/casework/callback-settings.ts'
import { look, right, wrong, type Finding } from './finding.ts'

export interface QueueSeen {
  name: string
  members: readonly string[]
}

export function judgeQueue(wanted: string, queues: readonly QueueSeen[]): Finding {
  const queue = queues.find(({ name }) => name === wanted)
  if (queue === undefined)
    return wrong(
      `there is no queue "${wanted}"`,
      `queues.conf: take the [hotline-base] and [${wanted}] sections of dialplan/queues.conf,\nthen on the PBX: asterisk -rx 'queue reload all'; or name your queue in HOTLINE_QUEUES`,
    )
  const { members } = queue
  if (members.length === 0)
    return right(`queue "${wanted}" exists; it is empty until agents press "ready" on their page`)
  const odd = members.filter((member) => !/^PJSIP\/\d{2,6}$/.test(member))
  if (odd.length > 0)
    return look(
      `queue "${wanted}" has members that are not supported: ${odd.join(', ')}`,
      'calls they answer are kept right, but their state is not shown and nobody is signed in, paused or dialled through them:\nmake them PJSIP/<extension>, the extension that of a person in the service',
    )
  return right(`queue "${wanted}" exists; members: ${members.join(', ')}`)
}

/** `told` is `wrapuptime` as queues.conf has it, empty for none; null when that cannot be read. */
export function judgeWrapUp(queue: string, told: string | null, wrapUpSeconds: number): Finding {
  const ours = `WRAP_UP_SECONDS is ${wrapUpSeconds}`
  if (told === null || !/^\d*$/.test(told))
    return look(
      `${ours}; what queue "${queue}" does is not told by AMI`,
      `on the PBX: grep -n wrapuptime /etc/asterisk/queues.conf must show ${wrapUpSeconds} for it`,
    )
  if (told === '')
    return wrapUpSeconds === 0
      ? right(`queue "${queue}" leaves nobody alone after a call, as ${ours}`)
      : look(
          `${ours}; queues.conf names no wrapuptime for queue "${queue}"`,
          `queues.conf, [${queue}]:\n  wrapuptime = ${wrapUpSeconds}\nthen on the PBX: asterisk -rx 'queue reload all'; of a queue from a database look there`,
        )
  if (Number(told) === wrapUpSeconds)
    return right(`queue "${queue}" leaves phones alone for ${told} s after a call, as ${ours}`)
  return wrong(
    `queue "${queue}" leaves phones alone for ${told} s after a call, but ${ours}`,
    `in .env: WRAP_UP_SECONDS=${told}, or in queues.conf, [${queue}]: wrapuptime = ${wrapUpSeconds}`,
  )
}

/** What dialplan/hotline.conf brings and the service relies on. */
export const NEEDED_CONTEXTS: readonly string[] = [
  'hotline',
  'hotline-queue',
  'hotline-ingress',
  'hotline-answered',
  'hotline-ended',
  'callback-out',
  'callback-dial',
  'callback-ended',
]

export type ContextSeen = 'present' | 'absent' | 'denied'

export function judgeContexts(seen: ReadonlyMap<string, ContextSeen>): Finding {
  const named = (wanted: ContextSeen) =>
    [...seen].filter(([, state]) => state === wanted).map(([name]) => name)
  const absent = named('absent')
  if (absent.length > 0)
    return wrong(
      `the dialplan lacks ${absent.join(', ')}`,
      `copy dialplan/hotline.conf beside extensions.conf, add to its end:\n  #include hotline.conf\nthen on the PBX: asterisk -rx 'dialplan reload'`,
    )
  if (named('denied').length > 0)
    return look(
      'the tracker may not list the dialplan',
      `on the PBX: asterisk -rx 'dialplan show callback-out' must show extensions`,
    )
  return right('the dialplan has the hotline, its journal and the callback')
}

/** The version that the dialplan states; null when the tracker may not ask. `mustConfirm`: CALLBACK_CONFIRM. */
export function judgeDialplan(version: number | null, mustConfirm: boolean): Finding {
  const problem = dialplanProblem(version)
  const unasked = mustConfirm ? confirmProblem(version) : null
  const doubled = mustConfirm ? doubledProblem(version) : null
  const lacking =
    unasked ?? holdProblem(version) ?? hoursProblem(version) ?? doubled ?? steeringProblem(version)
  if (problem === null && lacking === null) return right(`the dialplan is version ${version}`)
  if (problem === null) {
    return look(`the dialplan is version ${version}`, `${lacking}`)
  }
  return wrong(
    problem,
    version === null
      ? `manager.conf, the tracker's section:\n  write = reporting\nthen on the PBX: asterisk -rx 'manager reload'`
      : `copy dialplan/hotline.conf over yours, then on the PBX: asterisk -rx 'dialplan reload'`,
  )
}

/** Whether callers can be transferred in the page, where an AMI user may do so. */
export function judgeTransfers(version: number | null): Finding {
  const problem = transferProblem(version)
  if (problem === null) return right('the dialplan takes callers who are transferred in the page')
  return look('calls cannot be transferred in the page, only hung up', problem)
}

/** What administrators saved of callbacks, null when nothing; or why that cannot be read. */
export type CallbacksSaved = { saved: CallbackSettings | null } | { because: string }

/** The rules of callbacks as the service will keep them: those that were saved, else the first ones. */
export function judgeCallbacks(first: CallbackSettings, seen: CallbacksSaved): Finding {
  if ('because' in seen)
    return look(
      `${describeCallbacks(first)} (CALLBACK_*), unless administrators saved other rules: ${seen.because}`,
      'see them in the service, on the page "Settings"',
    )
  if (seen.saved === null) return right(`${describeCallbacks(first)} (CALLBACK_*)`)
  const ignored =
    JSON.stringify(seen.saved) === JSON.stringify(first) ? '' : '; CALLBACK_* do not count'
  return right(`${describeCallbacks(seen.saved)} (saved by administrators${ignored})`)
}

function describeCallbacks(settings: CallbackSettings): string {
  const { hoursFrom, hoursTo, delayMinutes, retries } = settings
  const more = retries === 0 ? 'never again by itself' : `up to ${retries} times more by itself`
  return `customers are called back after ${delayMinutes} minutes, from ${hoursFrom} to ${hoursTo}, and ${more}; for the callback of a guidance three times in all, as the process says`
}

export type JournalSeen = { entries: number } | { because: string }

export function judgeJournal(seen: JournalSeen): Finding {
  if ('entries' in seen)
    return seen.entries === 0
      ? right('the journal can be read; it has no call of today yet')
      : right(`the journal can be read; it has ${seen.entries} entries of today`)
  return wrong(
    `the journal cannot be read: ${seen.because}`,
    `manager.conf, the tracker's section:\n  write = reporting\nthen on the PBX: asterisk -rx 'manager reload'`,
  )
}

export type FolderSeen = 'unset' | 'readable' | 'absent' | 'unreadable'

export function judgeRecordings(folder: string | null, seen: FolderSeen): Finding {
  switch (seen) {
    case 'unset':
      return look(
        'RECORDINGS_DIR is not set: recordings are made by the PBX but not shown',
        'in .env: RECORDINGS_DIR=/var/spool/asterisk/monitor (where it is on this machine)',
      )
    case 'readable':
      return right(`recordings in ${folder} can be read`)
    case 'absent':
      return wrong(
        `RECORDINGS_DIR ${folder} is not there`,
        'mount or copy the PBX recordings here, or correct RECORDINGS_DIR',
      )
    case 'unreadable':
      return wrong(
        `RECORDINGS_DIR ${folder} cannot be read by this user`,
        `for example: usermod -a -G asterisk THE-USER-OF-THE-SERVICE, and chmod g+rx ${folder}`,
      )
  }
}

const CLOCK_LIMIT_MS = 2_000

/** `offsetMs` is the PBX's clock minus ours. */
export function judgeClock(offsetMs: number | null): Finding {
  if (offsetMs === null)
    return look('the clock of the PBX is not to be seen', 'on the PBX and here: date -u')
  const shown = `${(Math.abs(offsetMs) / 1000).toFixed(1)} s ${offsetMs < 0 ? 'behind' : 'ahead'}`
  return Math.abs(offsetMs) <= CLOCK_LIMIT_MS
    ? right(`the clock of the PBX agrees (${shown})`)
    : wrong(
        `the clock of the PBX is ${shown}`,
        'run a time service on both machines, for example: apt-get install chrony',
      )
}

export type TestCall =
  | { outcome: 'answered' | 'rang' | 'busy' }
  | { outcome: 'not_placed'; because: string }

export function judgeTestCall(extension: string, call: TestCall): Finding {
  switch (call.outcome) {
    case 'answered':
      return right(`phone ${extension} rang and was answered`)
    case 'rang':
      return right(`phone ${extension} rang`)
    case 'busy':
      return look(`phone ${extension} is busy or refused the call`, 'try again when it is free')
    case 'not_placed':
      return wrong(
        `phone ${extension} did not ring: ${call.because}`,
        `is it registered? on the PBX: asterisk -rx 'pjsip show endpoint ${extension}'`,
      )
  }
}
