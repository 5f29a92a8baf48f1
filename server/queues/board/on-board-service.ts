import type { PhoneNumber } from '#contract/customers.ts'
import type { MemberCall } from '#contract/queues.ts'
import type { LiveLine } from '../live-queue.ts'
import type { QueuedCaller } from '../queue-event.ts'
import { createKnownRows } from './known-rows-service.ts'
import { createWaitingFacts, type WaitingFactsDeps } from './waiting-facts-service.ts'

export interface OnBoardDeps extends WaitingFactsDeps {
  describeNumber: (raw: string | null, withheld: boolean) => PhoneNumber
  /** The stored call that this phone is on. */
  talkingOn: (extension: string) => string | null
  /** Whom they talk to on these calls; those that are not stored yet are missing. */
  partiesOf: (callIds: readonly string[]) => Promise<ReadonlyMap<string, MemberCall>>
}

/** What the rows say of those whom the queues show: read when they come, and again when asked to. */
export function createOnBoard(deps: OnBoardDeps, lines: () => readonly LiveLine[]) {
  const facts = createKnownRows(createWaitingFacts(deps))
  const parties = createKnownRows(deps.partiesOf)
  const numbers = new WeakMap<QueuedCaller, PhoneNumber>()
  /** It may have changed since it was read. */
  let isOld = false

  async function learn(): Promise<void> {
    const again = isOld
    isOld = false
    const shown = lines()
    await facts.learn(shown.flatMap(waitingKeys), again)
    await parties.learn(shown.flatMap(callsTalkedOn), again)
  }

  function waitingKeys({ callers }: LiveLine): string[] {
    return callers.flatMap((caller) => numberOf(caller).key ?? [])
  }

  /** Read once for each who waits, however often the board is made. */
  function numberOf(caller: QueuedCaller): PhoneNumber {
    const known = numbers.get(caller)
    if (known !== undefined) return known
    const number = deps.describeNumber(caller.callerIdNum, caller.withheld)
    numbers.set(caller, number)
    return number
  }

  function callsTalkedOn({ members }: LiveLine): string[] {
    return [...members.values()].flatMap(({ state, view: { extension } }) =>
      state === 'in_call' && extension !== null ? (deps.talkingOn(extension) ?? []) : [],
    )
  }

  return {
    learn,
    numberOf,
    readAgain: (): void => void (isOld = true),
    factsOf: facts.of,
    partyOf: parties.of,
  }
}
