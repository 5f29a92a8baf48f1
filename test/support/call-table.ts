import type { CallRules } from '../../server/calls/conversation/agent-extension.ts'
import { newIngress, rulesOf, type Site } from '../../server/calls/book/site.ts'
import { createCallBook, type CallBook, findCall } from '../../server/calls/book/call-book.ts'
import type { Applied } from '../../server/calls/book/applied.ts'
import { applyEvent } from '../../server/calls/book/apply-event.ts'
import { type Call, callConfirmation, callConsent } from '../../server/calls/conversation/call.ts'
import type {
  CallEvent,
  CallEventBody,
  ChannelView,
  JournalOutcome,
} from '../../server/calls/conversation/call-event.ts'
import { consentOf } from './journal-consent.ts'
import type { CallFact } from '../../server/calls/conversation/call-fact.ts'
import { countText, factText } from './fact-text.ts'
import { time, timeText } from './table-time.ts'

/**
 * Calls as a table of events, one line each:
 *
 *     00:05.000  agent_connected  trunk#1  101#2  queue=hotline hold=5
 *
 * time after 09:00 Hanoi · event · the channel it is about · the agent's channel · the rest.
 * A channel is `endpoint#n`, which is its Uniqueid too; `101=cb-7` has Uniqueid cb-7; `Local/101@m#3`
 * has no endpoint; `-` is none. Channels of `trunk` are tagged hotline calls of 0912345678.
 */
export function callEvents(table: string): CallEvent[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(eventOf)
}

/** Names of 2 to 6 digits are persons here, but for the trunks 7… and the queues 8…; `cc800` is a member of a queue. */
export const SITE: Site = {
  hotlineQueues: new Set(['hotline']),
  isPhone: (endpoint) => /^(?:cc\d{1,5}|[1-69]\d{1,5})$/.test(endpoint),
}

export const RULES: CallRules = rulesOf(SITE, newIngress())

export function channel(text: string, change: Partial<ChannelView> = {}): ChannelView {
  const [name = '', uniqueid = text] = text.split('=')
  const endpoint = name.split('#')[0] ?? name
  const isLocal = endpoint.startsWith('Local/')
  const isCustomer = endpoint === 'trunk'
  return {
    uniqueid,
    linkedid: uniqueid,
    channel: isLocal ? `${endpoint}-0001;1` : `PJSIP/${name.replace('#', '-')}`,
    endpoint: isLocal ? null : endpoint,
    callerIdNum: isCustomer ? '0912345678' : endpoint,
    callerIdName: null,
    hotline: isCustomer ? '19000382' : null,
    withheld: false,
    ...change,
  }
}

interface Line {
  at: string
  one: string
  two: string
  has: (name: string) => boolean
  text: (name: string, otherwise?: string) => string
  number: (name: string, otherwise?: number) => number
}

function eventOf(line: string): CallEvent {
  const [at = '', type = '', ...words] = line.split(/\s+/)
  const channels = words.filter((word) => !isField(word))
  const fields = new Map(words.filter(isField).map((word) => fieldOf(word)))
  const text = (name: string, otherwise?: string): string => {
    const value = fields.get(name) ?? otherwise
    if (value === undefined) throw new Error(`"${line}" needs ${name}=`)
    return value
  }
  const body = bodyOf(type, {
    at,
    one: channels[0] ?? '-',
    two: channels[1] ?? '-',
    has: (name) => fields.has(name),
    text,
    number: (name, otherwise) => Number(text(name, otherwise?.toString())),
  })
  return { pbxId: 'pbx1', at: time(at), ...body }
}

/** `queue=hotline` is a field, `101=cb-7` a channel. */
function isField(word: string): boolean {
  return /^[a-z]\w*=/i.test(word)
}

function fieldOf(word: string): [string, string] {
  const at = word.indexOf('=')
  return [word.slice(0, at), word.slice(at + 1)]
}

function bodyOf(type: string, line: Line): CallEventBody {
  const body =
    queueBody(type, line) ?? legBody(type, line) ?? toldBody(type, line) ?? journalBody(type, line)
  if (body === null) throw new Error(`no event is called ${type}`)
  return body
}

function callerOf(line: Line): ChannelView {
  const { number, has } = { number: line.has('num') ? line.text('num') : null, has: line.has }
  return channel(line.one, {
    ...(number === null ? {} : { callerIdNum: number }),
    ...(has('name') ? { callerIdName: line.text('name') } : {}),
    ...(has('withheld') ? { withheld: true } : {}),
    ...(has('untagged') ? { hotline: null } : {}),
    ...(has('linkedid') ? { linkedid: line.text('linkedid') } : {}),
  })
}

function memberOf(line: Line): string {
  return line.text('member', channel(line.two).endpoint ?? line.two)
}

function queueBody(type: string, line: Line): CallEventBody | null {
  const queue = line.text('queue', 'hotline')
  const uniqueid = channel(line.one).uniqueid
  const agentUniqueid = channel(line.two).uniqueid
  const holdSeconds = line.number('hold', 0)
  switch (type) {
    case 'queue_joined':
      return { type, caller: callerOf(line), queue, position: line.number('position', 1) }
    case 'queue_left':
      return { type, uniqueid, queue }
    case 'queue_abandoned':
      return { type, uniqueid, queue, holdSeconds }
    case 'agent_called':
      return {
        type,
        caller: callerOf(line),
        agent: channel(line.two),
        queue,
        memberName: memberOf(line),
      }
    case 'agent_ring_no_answer':
      return { type, uniqueid, agentUniqueid, ringMs: line.number('ringMs', 15_000) }
    case 'agent_connected':
      return {
        type,
        caller: callerOf(line),
        agent: channel(line.two),
        queue,
        memberName: memberOf(line),
        holdSeconds,
        ringSeconds: line.number('ring', 0),
      }
    case 'agent_completed':
      return {
        type,
        uniqueid: line.one === '-' ? null : uniqueid,
        agentUniqueid: line.two === '-' ? null : agentUniqueid,
        queue,
        memberName: memberOf(line),
        holdSeconds,
        talkSeconds: line.number('talk', 0),
        reason: line.text('reason', 'caller'),
      }
    case 'agent_dumped':
      return { type, uniqueid, agentUniqueid, queue }
    default:
      return null
  }
}

function legBody(type: string, line: Line): CallEventBody | null {
  const uniqueid = channel(line.one).uniqueid
  const caller = line.one === '-' ? null : callerOf(line)
  switch (type) {
    case 'channel_created':
      return {
        type,
        channel: callerOf(line),
        context: 'from-trunk',
        exten: line.text('exten', 's'),
      }
    case 'channel_renamed':
      return { type, uniqueid, newName: line.text('to') }
    case 'presentation_changed':
      return {
        type,
        uniqueid,
        withheld: line.has('withheld'),
        callerIdNum: line.has('num') ? line.text('num') : null,
      }
    case 'dial_begun':
      return { type, caller, agent: channel(line.two), dialString: line.text('dial', '') }
    case 'dial_ended':
      return {
        type,
        caller,
        agent: channel(line.two),
        dialStatus: line.text('status', 'ANSWER'),
        isForwarded: line.has('forwarded'),
      }
    case 'bridge_entered':
      return {
        type,
        bridgeId: line.text('bridge', 'b1'),
        channel: callerOf(line),
        swapUniqueid: line.has('swap') ? channel(line.text('swap')).uniqueid : null,
      }
    case 'bridge_left':
      return { type, bridgeId: line.text('bridge', 'b1'), uniqueid }
    case 'held':
    case 'resumed':
      return { type, uniqueid }
    case 'hung_up':
      return {
        type,
        channel: {
          ...callerOf(line),
          ...(line.has('zombie') ? { channel: 'PJSIP/x<ZOMBIE>' } : {}),
        },
        cause: line.number('cause', 16),
        causeText: '',
        context: line.text('context', ''),
      }
    case 'local_bridged':
      return { type, oneUniqueid: uniqueid, twoUniqueid: channel(line.two).uniqueid }
    case 'picked_up':
      return { type, picker: callerOf(line), targetUniqueid: channel(line.two).uniqueid }
    default:
      return null
  }
}

function toldBody(type: string, line: Line): CallEventBody | null {
  const uniqueid = channel(line.one).uniqueid
  const optional = (name: string): string | null =>
    line.has(name) ? channel(line.text(name)).uniqueid : null
  switch (type) {
    case 'blind_transferred':
      return {
        type,
        transfererUniqueid: channel(line.two).uniqueid,
        transfereeUniqueid: line.one === '-' ? null : uniqueid,
        exten: line.text('exten', '8000'),
        succeeded: !line.has('failed'),
      }
    case 'attended_transferred':
      return {
        type,
        transfererUniqueids: line.text('by').split(','),
        transfereeUniqueid: line.one === '-' ? null : uniqueid,
        targetUniqueid: line.two === '-' ? null : channel(line.two).uniqueid,
        ...(optional('target') === null ? {} : { target: channel(line.text('target')) }),
        succeeded: !line.has('failed'),
      }
    case 'originate_responded':
      return {
        type,
        channelId: line.one === '-' ? null : uniqueid,
        succeeded: !line.has('failed'),
        reason: line.number('reason', 0),
      }
    case 'callback_confirmation':
      return { type, channelId: uniqueid, state: callConfirmation.parse(line.text('state')) }
    case 'callback_consent':
      return { type, channelId: uniqueid, state: callConsent.parse(line.text('state')) }
    case 'callback_asked':
      return { type, uniqueid, queue: line.text('queue', 'hotline'), number: line.text('to') }
    default:
      return null
  }
}

function secondsSince(line: Line): number {
  return (Date.parse(time(line.at)) - Date.parse(time(line.text('received')))) / 1000
}

function journalBody(type: string, line: Line): CallEventBody | null {
  const uniqueid = channel(line.one).uniqueid
  const entry = () => ({
    uniqueid,
    receivedAt: time(line.text('received')),
    queue: line.text('queue', 'hotline'),
    callerIdNum: line.text('num', '0912345678'),
    withheld: line.has('withheld'),
  })
  switch (type) {
    case 'journal_answered':
      return {
        type,
        ...entry(),
        linkedid: uniqueid,
        extension: line.text('extension', '101'),
        holdSeconds: line.number('hold', secondsSince(line)),
        ...(line.has('later') && { isLater: true }),
      }
    case 'journal_ended':
      return { type, ...entry(), ...endOf(line) }
    case 'journal_asked':
      return { type, ...entry(), number: line.text('to') }
    case 'journal_callback_ended':
      return {
        type,
        channelId: uniqueid,
        agentAnswered: !line.has('unanswered'),
        dialStatus: line.has('status') ? line.text('status') : null,
        cause: line.has('cause') ? line.number('cause') : null,
        talkSeconds: line.number('talk', 0),
        ...(line.has('consent') && {
          customerFirst: consentOf(line.text('consent'), line.text('extension', '')),
        }),
      }
    default:
      return null
  }
}

function endOf(line: Line) {
  const text = line.text('outcome')
  const unserved: JournalOutcome[] = [
    'abandoned',
    'timeout',
    'no_agents',
    'left_in_notice',
    'other',
  ]
  const known: JournalOutcome[] = ['answered', 'asked', ...unserved]
  const outcome = known.find((candidate) => candidate === text)
  if (outcome === undefined) throw new Error(`no journal outcome is called ${text}`)
  const refused = line.has('refused') ? { refusedBy: line.text('refused') } : {}
  return { outcome, cause: line.number('cause', 16), ...refused }
}

export interface Played {
  book: CallBook
  applied: Applied[]
  facts: CallFact[]
  /** Facts as lines: `00:05.000 call_answered 101`; those of the counters apart. */
  told: string[]
  /** What today's counters gained or lost: `00:05.000 hotline answered+1`. */
  counted: string[]
  /** Lines of the timeline, each key once: `ticket_opened extension=101 rule=agent_connect`. */
  timeline: string[]
  call: (text?: string) => Call
}

/** Plays events into a book. */
export function play(
  events: string | CallEvent[],
  book: CallBook = createCallBook('pbx1', SITE),
): Played {
  const list = typeof events === 'string' ? callEvents(events) : events
  const applied = list.map((event) => applyEvent(book, event))
  const facts = applied.flatMap((one) => one.facts)
  const lines = new Map<string, string>()
  for (const { uniqueid, entry } of applied.flatMap((one) => one.timeline)) {
    const detail = Object.entries(entry.detail)
      .map(([name, value]) => ` ${name}=${value}`)
      .join('')
    lines.set(`${uniqueid} ${entry.eventKey}`, `${entry.kind}${detail}`)
  }
  return {
    book,
    applied,
    facts,
    told: facts.filter((fact) => fact.type !== 'call_counted').map(factText),
    counted: facts.flatMap(countText),
    timeline: [...lines.values()],
    call(text = 'trunk#1') {
      const found = findCall(book, channel(text).uniqueid)
      if (found === undefined) throw new Error(`the book has no call ${text}`)
      return found
    },
  }
}

/** Segments as lines: `101 queue 00:05.000 - 00:45.000`. */
export function segmentsText(call: Call): string[] {
  return call.segments.map(({ extension, how, startedAt, endedAt }) =>
    `${extension} ${how} ${timeText(startedAt)} - ${endedAt === null ? '' : timeText(endedAt)}`.trim(),
  )
}
