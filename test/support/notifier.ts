import type { Notifier } from '../../server/ports.ts'

type Calls = { [K in keyof Notifier]: Parameters<Notifier[K]>[] }

export interface FakeNotifier extends Notifier {
  /** Every call in order: the method's name and what it was given. */
  readonly sent: { to: keyof Notifier; args: readonly unknown[] }[]
  /** The calls of one method, in order. */
  of<K extends keyof Notifier>(to: K): Calls[K]
  clear(): void
}

/** Records every call instead of sending it. */
export function createFakeNotifier(): FakeNotifier {
  const sent: FakeNotifier['sent'] = []
  let calls = noCalls()
  function record<K extends keyof Notifier>(to: K) {
    return (...args: Parameters<Notifier[K]>): void => {
      sent.push({ to, args })
      calls[to].push(args)
    }
  }
  return {
    sent,
    of: (to) => calls[to],
    clear() {
      sent.splice(0)
      calls = noCalls()
    },
    screenPop: record('screenPop'),
    deskCall: record('deskCall'),
    agentState: record('agentState'),
    callUpdated: record('callUpdated'),
    outgoingCallUpdated: record('outgoingCallUpdated'),
    ticketUpdated: record('ticketUpdated'),
    ticketPresence: record('ticketPresence'),
    callbackUpdated: record('callbackUpdated'),
    notification: record('notification'),
    helpChanged: record('helpChanged'),
    outagesChanged: record('outagesChanged'),
    queuesPatch: record('queuesPatch'),
    pbxStatus: record('pbxStatus'),
    serviceStatus: record('serviceStatus'),
    alarmsChanged: record('alarmsChanged'),
    wallBoard: record('wallBoard'),
    closeWalls: record('closeWalls'),
    disconnect: record('disconnect'),
  }
}

function noCalls(): Calls {
  return {
    screenPop: [],
    deskCall: [],
    agentState: [],
    callUpdated: [],
    outgoingCallUpdated: [],
    ticketUpdated: [],
    ticketPresence: [],
    callbackUpdated: [],
    notification: [],
    helpChanged: [],
    outagesChanged: [],
    queuesPatch: [],
    pbxStatus: [],
    serviceStatus: [],
    alarmsChanged: [],
    wallBoard: [],
    closeWalls: [],
    disconnect: [],
  }
}
