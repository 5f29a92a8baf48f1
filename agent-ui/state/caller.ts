import type { CallbackView } from '#contract/callbacks.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'

/** Whom the agent will talk to. */
export interface CallParty {
  number: PhoneNumber
  /** The best name there is; null for an unknown caller. */
  name: string | null
  address: string | null
}

/**
 * A ringing callback is a call of our own: its customer is in the promise, not in the caller ID.
 * `call.display` is the name that the network sent, or the number again.
 */
export function callParty(pop: ScreenPop, promises: readonly CallbackView[]): CallParty {
  const promise = promises.find((row) => row.id === pop.promise?.callbackId)
  const isOwnCall = pop.call.direction === 'callback' && promise !== undefined
  const number = isOwnCall ? promise.number : pop.call.number
  const networkName = pop.call.display === pop.call.number.display ? null : pop.call.display
  const promisedName = isOwnCall ? promise.customerName : null
  const shownName = isOwnCall || number.kind === 'anonymous' ? null : networkName
  return {
    number,
    name: pop.customer?.name ?? promisedName ?? shownName,
    address: pop.customer?.address || null,
  }
}
