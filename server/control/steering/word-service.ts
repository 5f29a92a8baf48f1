import type { CallEvent } from '../../calls/conversation/call-event.ts'
import type { Clock } from '../../ports.ts'
import type { QueueEvent } from '../../queues/queue-event.ts'
import type { SpyEvent } from './steering-order.ts'

export type Words = ReturnType<typeof createWords>

/** What the PBX itself says after an order: its answer to the order says only that it was understood. */
export function createWords(clock: Clock) {
  const waiting = new Map<string, Set<(word: string | null) => void>>()

  /**
   * Gives the order and resolves with the word about this, which may come before the order is answered; `gone` when
   * the order answers false, null when no word came within so many milliseconds. Rejects as the order does.
   */
  async function after(
    about: string,
    withinMs: number,
    order: () => Promise<boolean | void>,
  ): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>()
    const those = waiting.get(about) ?? new Set()
    waiting.set(about, those.add(hear))
    const cancel = clock.after(withinMs, () => hear(null))
    function hear(word: string | null): void {
      if (!those.delete(hear)) return
      cancel()
      if (those.size === 0) waiting.delete(about)
      resolve(word)
    }
    try {
      if ((await order()) === false) hear('gone')
    } catch (error) {
      hear(null)
      throw error
    }
    return promise
  }

  function tell(about: string, word: string): void {
    for (const hear of waiting.get(about) ?? []) hear(word)
  }

  function hearCall(event: CallEvent): void {
    if (waiting.size === 0) return
    const { pbxId } = event
    if (event.type === 'hung_up') {
      tell(about.spy(pbxId, event.channel.uniqueid), 'over')
      tell(about.end(pbxId, event.channel.uniqueid), 'over')
    } else if (event.type === 'originate_responded') {
      if (event.channelId !== null && !event.succeeded) {
        tell(about.spy(pbxId, event.channelId), 'unanswered')
      }
    } else if (event.type === 'dial_begun' && event.caller !== null) {
      tell(about.ring(pbxId, event.caller.uniqueid), 'rings')
    } else if (event.type === 'dial_ended' && event.caller !== null) {
      // heard before that they left the queue
      if (event.dialStatus === 'ANSWER') tell(about.leave(pbxId, event.caller.uniqueid), 'answered')
    }
  }

  function hearQueue(event: QueueEvent): void {
    if (waiting.size === 0) return
    if (event.type === 'caller_left') tell(about.leave(event.pbxId, event.uniqueid), 'left')
    if (event.type !== 'member_added' && event.type !== 'member_status') return
    const { queue, extension, penalty } = event.member
    if (extension !== null) tell(about.penalty(event.pbxId, { queue, extension, penalty }), 'set')
  }

  function hearSpy({ type, pbxId, spyUniqueid }: SpyEvent): void {
    if (type === 'spy_started') tell(about.spy(pbxId, spyUniqueid), 'started')
  }

  /** No word comes any more: who waits goes on without one. */
  function stop(): void {
    for (const those of waiting.values()) for (const hear of those) hear(null)
  }

  return { after, hearCall, hearQueue, hearSpy, stop }
}

/** What a word is about. */
export const about = {
  /** Besides `gone`: `started`, `unanswered` or `over`. */
  spy: (pbxId: string, channelId: string) => `spy ${pbxId} ${channelId}`,
  end: (pbxId: string, uniqueid: string) => `end ${pbxId} ${uniqueid}`,
  ring: (pbxId: string, uniqueid: string) => `ring ${pbxId} ${uniqueid}`,
  /** `left`, or `answered` by the phone that rang for them meanwhile. */
  leave: (pbxId: string, uniqueid: string) => `leave ${pbxId} ${uniqueid}`,
  penalty: (pbxId: string, member: { queue: string; extension: string; penalty: number }) =>
    `penalty ${pbxId} ${member.queue} ${member.extension} ${member.penalty}`,
}
