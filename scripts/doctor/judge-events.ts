import { EVENT_NAMES, IGNORED_EVENTS } from '../../server/ami/ami-event.ts'
import { look, right, wrong, type Finding } from './finding.ts'

/** What the tracker heard while the doctor provoked two harmless events. */
export interface Heard {
  /** Names of all events. */
  names: readonly string[]
  /** Whether the events carried a `Timestamp`; null when none came. */
  hasTimestamps: boolean | null
  /** Whether events about channels carried the variable HOTLINE, set or not; null when none came. */
  hasTags: boolean | null
}

const RELOAD = `then on the PBX: asterisk -rx 'manager reload'`
const CLASSES = {
  system: 'FullyBooted',
  agent: 'QueueMemberAdded',
  call: 'OriginateResponse',
} as const

/** One event of each class must arrive: FullyBooted at sign-in, the others provoked. */
export function judgeClasses(who: string, heard: Heard): Finding {
  const missing = Object.entries(CLASSES).filter(([, event]) => !heard.names.includes(event))
  if (missing.length === 0) return right(`${who} hears the classes system, call and agent`)
  const events = missing.map(([, event]) => event).join(', ')
  return wrong(
    `${who} did not hear ${events}`,
    `manager.conf:\n  [${who}]\n  read = system,call,agent,user\n${missing.map(([, event]) => `  eventfilter(name(${event})) =`).join('\n')}\n${RELOAD}`,
  )
}

export function judgeTimestamps(heard: Heard): Finding {
  const fix = `manager.conf:\n  [general]\n  timestampevents = yes\n${RELOAD}`
  if (heard.hasTimestamps === null)
    return look('whether events carry their time is not to be seen: none came', fix)
  return heard.hasTimestamps
    ? right('events carry the time at which they happened')
    : wrong('events carry no time: late ones could not be told from new ones', fix)
}

/** Customers are known by the tag HOTLINE: the dialplan must set it and AMI must send it. */
export function judgeTags(heard: Heard, dialplanTags: boolean): Finding {
  const meanwhile =
    'meanwhile customers are told from staff only by not being the phone of a person or a queue member'
  if (heard.hasTags === false)
    return wrong(
      `calls carry no tag HOTLINE: ${meanwhile}`,
      `manager.conf:\n  [general]\n  channelvars = HOTLINE,HOTLINE_CLI\n${RELOAD}`,
    )
  if (!dialplanTags)
    return look(
      `the dialplan is not seen to tag customers with HOTLINE: ${meanwhile}`,
      'take [hotline-ingress] of dialplan/hotline.conf, or set HOTLINE and HOTLINE_CLI on the channel where callers enter',
    )
  return heard.hasTags === null
    ? look(
        'whether calls carry the tag HOTLINE is not to be seen: none was made',
        'npm run doctor -- --call 101',
      )
    : right('the dialplan tags customers, and calls carry the tag')
}

/** What dialplan/manager.conf has as eventfilter lines. */
export const WANTED_EVENTS: readonly string[] = [
  ...new Set([...EVENT_NAMES, ...IGNORED_EVENTS, 'FullyBooted', 'Shutdown', 'Reload']),
]

export function judgeFilter(who: string, heard: Heard, isCallMade: boolean): Finding {
  const unwanted = [...new Set(heard.names)].filter((name) => !WANTED_EVENTS.includes(name))
  const fix = `manager.conf:\n  [${who}]\n${WANTED_EVENTS.map((name) => `  eventfilter(name(${name})) =`).join('\n')}\n${RELOAD}`
  if (unwanted.length > 0)
    return wrong(`${who} hears events that nobody uses: ${unwanted.join(', ')}`, fix)
  return isCallMade
    ? right('the event filter lets through only what the service uses')
    : look(
        'no unwanted event came, but nothing was called either',
        'npm run doctor -- --call 101 rings a phone and tells for certain',
      )
}
