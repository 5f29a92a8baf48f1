/** What of a call its hold needs; JsSIP refuses while an earlier change of the call is on its way. */
export interface HoldableCall {
  isOnHold: () => { local: boolean }
  isEnded: () => boolean
  hold: () => boolean
  unhold: () => boolean
}

const AGAIN_MS = 100

/** Holds calls and takes them back as was asked last: what a call cannot do yet is done as soon as it can. */
export function createHold(): (call: HoldableCall, isHeld: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  function ask(call: HoldableCall, isHeld: boolean): void {
    clearTimeout(timer)
    if (call.isEnded() || call.isOnHold().local === isHeld) return
    const isTaken = isHeld ? call.hold() : call.unhold()
    if (!isTaken) timer = setTimeout(() => ask(call, isHeld), AGAIN_MS)
  }
  return ask
}
