import type { CallInDoubt } from '../../calls/book/doubt.ts'
import { isCallbackChannel } from '../../calls/callback-call/callback-evidence.ts'
import type { CallEvent } from '../../calls/conversation/call-event.ts'
import type { Instant } from '#contract/primitives.ts'
import type { CallbackJournalEntry } from '../../ports.ts'
import { instantOfMs } from '../../time.ts'
import type { AmiRequests, Count } from '../ami-session.ts'
import type { ClockReader } from '../clock/clock-reader.ts'
import {
  callbackEntry,
  callbackFamilies,
  callerFamilies,
  journalEvents,
  journalFamilies,
  journalQuestion,
} from './journal.ts'

/** With more calls in doubt the days are read whole: four questions a call would take longer. */
export const ASKED_ONE_BY_ONE = 25

export interface JournalReaderOptions {
  pbxId: string
  count: Count
  pbxClock: Pick<ClockReader, 'now' | 'ours' | 'theirs'>
}

/** What one PBX's journal knows, as events on our clock. Its days are those of the PBX's own clock. */
export function createJournalReader({ pbxId, count, pbxClock }: JournalReaderOptions) {
  let asked = 0
  const dayOf = (at: string) => instantOfMs(pbxClock.theirs(Date.parse(at)))

  /** Everything of today and yesterday. */
  function days(requests: AmiRequests): Promise<CallEvent[][]> {
    const families = journalFamilies(dayOf(pbxClock.now()))
    return Promise.all(families.map((family) => readBelow(requests, family)))
  }

  /** One caller's answers and end, or how a callback ended. */
  async function call(requests: AmiRequests, doubt: CallInDoubt): Promise<CallEvent[]> {
    const { uniqueid } = doubt
    const day = dayOf(doubt.enteredAt)
    const isOurs = isCallbackChannel(uniqueid)
    const kinds = isOurs ? ['callback'] : ['answered', 'joined', 'hold', 'ended']
    const families = isOurs ? callbackFamilies(day) : callerFamilies(day)
    const questions = families.flatMap((family) =>
      kinds.map((kind) => readBelow(requests, family, `${kind}/${uniqueid}`)),
    )
    return (await Promise.all(questions)).flat()
  }

  /** The same beside the checks: nothing when the PBX does not answer, or so many ask that a check is due. */
  async function wordOn(requests: AmiRequests, doubt: CallInDoubt): Promise<CallEvent[]> {
    if (asked >= ASKED_ONE_BY_ONE) return []
    asked += 1
    try {
      return await call(requests, doubt)
    } catch {
      count('ami_journal_failures')
      return []
    } finally {
      asked -= 1
    }
  }

  async function readBelow(
    requests: AmiRequests,
    family: string,
    path?: string,
  ): Promise<CallEvent[]> {
    const frames = await requests.list(journalQuestion(family, path))
    const { events, bad } = journalEvents(pbxId, family, frames, pbxClock.ours)
    if (bad > 0) count('ami_journal_entries_malformed', {}, bad)
    return events
  }

  return { days, call, wordOn }
}

/** The journal's word on a callback channel whose order was written about `submittedAt`; null: none. */
export async function readCallback(
  list: AmiRequests['list'],
  pbxClock: Pick<ClockReader, 'ours' | 'theirs'>,
  { channelId, submittedAt }: { channelId: string; submittedAt: Instant },
): Promise<CallbackJournalEntry | null> {
  const placedAt = instantOfMs(pbxClock.theirs(Date.parse(submittedAt)))
  for (const family of callbackFamilies(placedAt)) {
    // oxlint-disable-next-line no-await-in-loop -- likeliest first
    const frames = await list(journalQuestion(family, `callback/${channelId}`))
    const ended = callbackEntry(family, channelId, frames)
    if (ended === null) continue
    const { cause: hangupCause, agentAnswered, dialStatus, talkSeconds, customerFirst } = ended
    const endedAt = instantOfMs(pbxClock.ours(Date.parse(ended.at)))
    const consent = customerFirst === undefined ? {} : { consent: customerFirst.consent }
    return { endedAt, agentAnswered, dialStatus, hangupCause, talkSeconds, ...consent }
  }
  return null
}
