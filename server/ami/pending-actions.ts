import { ActionRefused, OutcomeUnknown, type Clock } from '../ports.ts'
import { headerOf, type AmiFrame } from './ami-frame.ts'

/** Actions that were written and whose answers have not come yet, by ActionID. */
export interface PendingActions {
  /** Resolves with the reply. Rejects `ActionRefused`, or `OutcomeUnknown` after `deadlineMs`. */
  awaitReply(actionId: string, deadlineMs: number): Promise<AmiFrame>
  /** Resolves with the list's events once it is complete and of the length it says. */
  awaitList(actionId: string, deadlineMs: number): Promise<AmiFrame[]>
  /** Takes a frame; false when it answers nothing that is awaited. */
  settle(frame: AmiFrame): boolean
  /** The connection is gone: every outcome is unknown. */
  abandonAll(reason: string): void
  readonly size: number
}

interface Pending {
  isList: boolean
  items: AmiFrame[]
  resolve(frames: AmiFrame[]): void
  reject(error: Error): void
}

export function createPendingActions(clock: Clock): PendingActions {
  const pending = new Map<string, Pending>()

  function add(actionId: string, isList: boolean, deadlineMs: number): Promise<AmiFrame[]> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        cancel()
        pending.delete(actionId)
      }
      const entry: Pending = {
        isList,
        items: [],
        resolve: (frames) => (finish(), resolve(frames)),
        reject: (error) => (finish(), reject(error)),
      }
      const cancel = clock.after(deadlineMs, () =>
        entry.reject(new OutcomeUnknown(`no answer within ${deadlineMs / 1000} s`)),
      )
      pending.set(actionId, entry)
    })
  }

  function settle(frame: AmiFrame): boolean {
    const entry = pending.get(headerOf(frame, 'actionid') ?? '')
    if (entry === undefined) return false
    const event = headerOf(frame, 'event')
    // OriginateResponse carries both and speaks of the channel, not of the action
    if (event === undefined) settleReply(entry, frame)
    else if (entry.isList) settleItem(entry, frame)
    else return false
    return true
  }

  return {
    async awaitReply(actionId, deadlineMs) {
      const [reply] = await add(actionId, false, deadlineMs)
      return reply ?? {}
    },
    awaitList: (actionId, deadlineMs) => add(actionId, true, deadlineMs),
    settle,
    abandonAll(reason) {
      for (const entry of pending.values()) entry.reject(new OutcomeUnknown(reason))
    },
    get size() {
      return pending.size
    },
  }
}

function settleReply(entry: Pending, frame: AmiFrame): void {
  if (headerOf(frame, 'response')?.toLowerCase() === 'error') {
    entry.reject(new ActionRefused(headerOf(frame, 'message') ?? 'refused without a message'))
  } else if (!entry.isList) entry.resolve([frame])
  else if (headerOf(frame, 'eventlist')?.toLowerCase() !== 'start') entry.resolve([])
}

function settleItem(entry: Pending, frame: AmiFrame): void {
  const state = headerOf(frame, 'eventlist')?.toLowerCase()
  if (state === 'cancelled') entry.reject(new OutcomeUnknown('the PBX cancelled the list'))
  else if (state !== 'complete') entry.items.push(frame)
  else if (Number(headerOf(frame, 'listitems') ?? entry.items.length) === entry.items.length) {
    entry.resolve(entry.items)
  } else entry.reject(new OutcomeUnknown('the list is not as long as it says'))
}
