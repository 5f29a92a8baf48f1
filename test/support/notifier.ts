import type { Notifier } from '../../server/ports.ts'

/** One call of the notifier: the method's name and what it was given. */
export type Sent = {
  [K in keyof Notifier]: { to: K; args: Parameters<Notifier[K]> }
}[keyof Notifier]

export interface FakeNotifier extends Notifier {
  readonly sent: Sent[]
  /** The calls of one method, in order. */
  of<K extends keyof Notifier>(to: K): Parameters<Notifier[K]>[]
  clear(): void
}

/** Records every call instead of sending it. */
export function createFakeNotifier(): FakeNotifier {
  const sent: Sent[] = []
  function record<K extends keyof Notifier>(to: K) {
    return (...args: Parameters<Notifier[K]>) => void sent.push({ to, args } as Sent)
  }
  return {
    sent,
    of: <K extends keyof Notifier>(to: K) =>
      sent.filter((call) => call.to === to).map((call) => call.args as Parameters<Notifier[K]>),
    clear: () => void sent.splice(0),
    screenPop: record('screenPop'),
    deskSnapshot: record('deskSnapshot'),
    agentState: record('agentState'),
    callUpdated: record('callUpdated'),
    ticketUpdated: record('ticketUpdated'),
    callbackUpdated: record('callbackUpdated'),
    queuesSnapshot: record('queuesSnapshot'),
    queuesPatch: record('queuesPatch'),
    pbxStatus: record('pbxStatus'),
    disconnect: record('disconnect'),
  }
}
