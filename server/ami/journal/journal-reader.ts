import type { CallInDoubt } from '../../calls/book/doubt.ts'
import { isCallbackChannel } from '../../calls/callback-call/callback-evidence.ts'
import type { CallEvent } from '../../calls/conversation/call-event.ts'
import { instantOfMs } from '../../time.ts'
import type { AmiRequests, Count } from '../ami-session.ts'
import type { ClockReader } from '../clock/clock-reader.ts'
import {
  callbackFamilies,
  callerFamilies,
  journalEvents,
  journalFamilies,
  journalQuestion,
} from './journal.ts'

export interface JournalReaderOptions {
  pbxId: string
  count: Count
  pbxClock: Pick<ClockReader, 'now' | 'ours' | 'theirs'>
}

/** What one PBX's journal knows, as events on our clock. Its days are those of the PBX's own clock. */
export function createJournalReader({ pbxId, count, pbxClock }: JournalReaderOptions) {
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

  return { days, call }
}
