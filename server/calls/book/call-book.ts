import type { Instant } from '#contract/primitives.ts'
import type { CallRules } from '../conversation/agent-extension.ts'
import type { Call } from '../conversation/call.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import { type CallIndex, createCallIndex } from './call-index.ts'
import type { UntoldCaller } from './doubt.ts'
import { type Ingress, newIngress, rulesOf, type Site } from './site.ts'
import { createLiveChannels, type LiveChannels } from './live-channels.ts'

/** All calls of one PBX, and what is needed to tell which call an event belongs to. */
export interface CallBook {
  readonly pbxId: string
  readonly rules: CallRules
  readonly ingress: Ingress
  readonly index: CallIndex
  readonly live: LiveChannels
  /** Customers who hung up and of whom no call is known. */
  readonly untold: Map<string, UntoldCaller>
  /** When this PBX was last heard of before this process began; null when nothing is stored. */
  heardBefore: Instant | null
  /** Phones of ours that wait in a queue as its caller: consultations, which open no tickets. */
  readonly consults: Map<string, Extract<CallEvent, { type: 'queue_joined' }>>
}

export function createCallBook(pbxId: string, site: Site): CallBook {
  const ingress = newIngress()
  return {
    pbxId,
    rules: rulesOf(site, ingress),
    ingress,
    index: createCallIndex(),
    live: createLiveChannels(),
    untold: new Map(),
    heardBefore: null,
    consults: new Map(),
  }
}

/** Calls that a restarted service knows from its database. */
export function restoreCalls(book: CallBook, calls: Call[]): void {
  for (const call of calls) {
    book.index.add(call)
    if (call.tagged) book.ingress.tagsCustomers = true
  }
}

export function findCall(book: CallBook, uniqueid: string): Call | undefined {
  return book.index.byIdentity(uniqueid)?.call
}

export function liveCalls(book: CallBook): Call[] {
  return book.index.live().map((entry) => entry.call)
}
