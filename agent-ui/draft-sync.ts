import type { Draft } from '#contract/casework/drafts.ts'
import { api } from './api.ts'
import { RequestFailed } from './request.ts'
import { copiesOf, isDraftInHands, takeCopy, whenDraftChanges } from './drafts.ts'
import { live } from './live-store.ts'
import { acknowledged, isWaiting, merged } from './state/draft-copies.ts'
import type { DraftCopy } from './state/draft-copies.ts'

/** Words are sent when nobody has typed for so long, and at the latest so long after the first. */
const QUIET_MS = 1_500
const LATEST_MS = 8_000
/** The server is asked again at most this often when the page is looked at. */
const ASKED_EVERY_MS = 5_000
const FIRST_RETRY_MS = 3_000
const LAST_RETRY_MS = 60_000

/** Whoever leaves is not kept waiting for longer. */
const LEAVING_MS = 3_000

/** Sends all of this browser that is not at the server, and says of how many forms the words are not there. */
let sendAll: () => Promise<number> = () => Promise.resolve(0)

/** Before the person leaves: what was typed last goes to the server too; answers how many forms' did not. */
export function sendDrafts(): Promise<number> {
  return sendAll()
}

/**
 * Keeps this person's drafts in step with the server until the answer is called: what is typed here
 * goes there, what other devices typed comes when the page is opened, looked at or connected again.
 */
export function startDraftSync(staffId: string): () => void {
  const waiting = new Map<string, number>()
  const sending = new Map<string, Promise<unknown>>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = FIRST_RETRY_MS
  let askedAt = -Infinity
  let isOver = false

  const wake = (inMs: number) => {
    clearTimeout(timer)
    if (!isOver) timer = setTimeout(() => void sendWaiting(), inMs)
  }

  function noteChange(owner: string, key: string, what: 'typed' | 'dropped'): void {
    if (owner !== staffId) return
    const now = performance.now()
    const since = waiting.get(key) ?? now
    waiting.set(key, since)
    const restMs = what === 'dropped' ? 0 : QUIET_MS
    wake(Math.max(0, Math.min(restMs, since + LATEST_MS - now)))
  }

  async function sendWaiting(): Promise<void> {
    const keys = [...waiting.keys()].filter((key) => !sending.has(key))
    const results = await Promise.all(
      keys.map((key) => {
        const sent = sendOne(key).finally(() => sending.delete(key))
        sending.set(key, sent)
        return sent
      }),
    )
    if (results.includes('again')) {
      wake(retryMs)
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    } else if (results.length > 0) {
      retryMs = FIRST_RETRY_MS
      if (waiting.size > 0) wake(QUIET_MS)
    }
  }

  async function sendOne(key: string): Promise<'done' | 'again'> {
    const copy = copiesOf(staffId).get(key)
    const since = waiting.get(key)
    waiting.delete(key)
    if (copy === undefined || !isWaiting(copy)) return 'done'
    try {
      await deliver(key, copy)
      return 'done'
    } catch (error) {
      // too long or too many: the words stay in this browser
      if (error instanceof RequestFailed && error.kind === 'invalid') return 'done'
      waiting.set(key, since ?? performance.now())
      return 'again'
    }
  }

  function unsent(): [string, DraftCopy][] {
    return [...copiesOf(staffId)].filter(([, copy]) => isWaiting(copy))
  }

  /** Also what other tabs typed, and what an earlier try could not send. */
  async function sendUnsent(): Promise<void> {
    await Promise.all(sending.values())
    for (const [key] of unsent()) waiting.set(key, waiting.get(key) ?? performance.now())
    await sendWaiting()
  }

  async function deliver(key: string, copy: DraftCopy): Promise<void> {
    if (copy.words === null) {
      await api.dropDraft(key, copy.at)
      if (isSame(copiesOf(staffId).get(key), copy)) takeCopy(staffId, key, null)
      return
    }
    takeCopy(staffId, key, { ...copy, triedAt: copy.at })
    const { words, at, sentAt } = copy
    const answer = await api.keepDraft(key, { words, writtenAt: at, over: sentAt })
    // who left has nothing in this browser any more
    if (isOver) return
    const now = copiesOf(staffId).get(key) ?? null
    settle(key, now, acknowledged(now, copy, answer, isDraftInHands(staffId, key)))
  }

  function receive(key: string, theirs: Draft | null): void {
    const copy = copiesOf(staffId).get(key) ?? null
    settle(key, copy, merged(copy, theirs, isDraftInHands(staffId, key)))
  }

  function settle(key: string, copy: DraftCopy | null, next: DraftCopy | null): void {
    if (!isSame(next, copy)) takeCopy(staffId, key, next)
    if (next !== null && isWaiting(next)) noteChange(staffId, key, 'typed')
  }

  /** Asks what the server has; what changes here while it answers is left for the next time. */
  async function ask(): Promise<void> {
    askedAt = performance.now()
    const before = copiesOf(staffId)
    try {
      const { items } = await api.drafts()
      if (isOver) return
      const theirs = new Map(items.map((item) => [item.key, item]))
      const now = copiesOf(staffId)
      for (const key of new Set([...before.keys(), ...theirs.keys()])) {
        if (isSame(before.get(key), now.get(key))) receive(key, theirs.get(key) ?? null)
      }
    } catch {
      // asked again when the page is connected or looked at
    }
  }

  const look = () => {
    if (document.visibilityState === 'hidden') return void sendWaiting()
    if (performance.now() - askedAt > ASKED_EVERY_MS) void ask()
  }
  let { status } = live.get().connection
  const unsubscribe = live.subscribe(() => {
    const before = status
    status = live.get().connection.status
    if (status !== 'connected' || before !== 'disconnected') return
    retryMs = FIRST_RETRY_MS
    void ask().then(sendWaiting)
  })
  document.addEventListener('visibilitychange', look)
  addEventListener('focus', look)
  whenDraftChanges(noteChange)
  sendAll = async () => {
    await Promise.race([sendUnsent(), new Promise((late) => setTimeout(late, LEAVING_MS))])
    return unsent().filter(([, { words }]) => words !== null).length
  }
  void ask()
  return () => {
    isOver = true
    clearTimeout(timer)
    unsubscribe()
    document.removeEventListener('visibilitychange', look)
    removeEventListener('focus', look)
    whenDraftChanges(() => undefined)
    sendAll = () => Promise.resolve(0)
  }
}

function isSame(a: DraftCopy | null | undefined, b: DraftCopy | null | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
