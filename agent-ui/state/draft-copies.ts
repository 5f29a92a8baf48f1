import type { Draft, DraftKept } from '#contract/casework/drafts.ts'

export interface Words {
  words: object
  /** When they were typed, by the server's clock. */
  at: string
}

/** The copy of one form's unsaved words in this browser. */
export interface DraftCopy {
  /** Null: dropped here, and the server may still have them. */
  words: object | null
  at: string
  /** Which words of the server this copy is, or was typed over; null: of none. */
  sentAt: string | null
  /** The last words of this copy that were on their way there, whatever became of them. */
  triedAt: string | null
  /** Words of another device, or of this one, that these took the place of unread. */
  other: Words | null
}

/** Before anything that people type today. */
const LONG_AGO = '2000-01-01T00:00:00.000Z'

/** What stands in the browser's store; words of pages before there were copies were never sent. */
export function readCopy(stored: unknown): DraftCopy | null {
  if (typeof stored !== 'object' || stored === null) return null
  if (!isCopy(stored))
    return { words: stored, at: LONG_AGO, sentAt: null, triedAt: null, other: null }
  return stored
}

function isCopy(stored: object): stored is DraftCopy {
  return ['words', 'at', 'sentAt', 'triedAt', 'other'].every((name) => name in stored)
}

/** Whether the server has exactly this. */
export function isSent({ words, at, sentAt }: DraftCopy): boolean {
  return words !== null && at === sentAt
}

/** Whether it is still to be sent; words of earlier pages are once they are typed over. */
export function isWaiting(copy: DraftCopy): boolean {
  return !isSent(copy) && copy.at !== LONG_AGO
}

/** The copy with words that were typed over it; itself when they are the same. */
export function typedOver(copy: DraftCopy | null, { words, at }: Words): DraftCopy {
  if (copy !== null && isSame(copy.words, words)) return copy
  const { sentAt = null, triedAt = null, other = null } = copy ?? {}
  return { words, at, sentAt, triedAt, other }
}

/** The copy without its words; null: the server has none of it, so nothing needs to be remembered. */
export function dropped(copy: DraftCopy | null, at: string): DraftCopy | null {
  if (copy === null || (copy.sentAt ?? copy.triedAt) === null) return null
  return { ...copy, words: null, at, other: null }
}

/** The other words in the place of these, which become the other ones. */
export function swapped(copy: DraftCopy, at: string): DraftCopy {
  const { words, other } = copy
  if (other === null || words === null) return copy
  return { ...copy, words: other.words, at, other: { words, at: copy.at } }
}

/**
 * The copy after the server said what it has (null: nothing). Words of the server that are newer take
 * the place of these, but never while `isTyped`; what nobody has read that way stays as `other`. Words
 * that the server had and has no more were saved or dropped on another device.
 */
export function merged(
  copy: DraftCopy | null,
  theirs: Draft | null,
  isTyped: boolean,
): DraftCopy | null {
  if (theirs === null) return copy === null || copy.words === null || isSent(copy) ? null : copy
  const { words, writtenAt } = theirs
  const taken = { words, at: writtenAt, sentAt: writtenAt, triedAt: null, other: null }
  if (copy === null) return taken
  const isRead = copy.triedAt === writtenAt || (copy.sentAt !== null && copy.sentAt >= writtenAt)
  if (copy.words === null) return writtenAt > copy.at ? taken : copy
  if (isSame(copy.words, words)) return { ...copy, at: writtenAt, sentAt: writtenAt }
  if (isRead) return copy
  if (isSent(copy) && !isTyped) return { ...taken, other: copy.other }
  if (isTyped || copy.at > writtenAt) {
    return { ...copy, sentAt: writtenAt, other: { words, at: writtenAt } }
  }
  return { ...taken, other: { words: copy.words, at: copy.at } }
}

/** The copy after the server answered that it has kept what was sent of it, or has newer words. */
export function acknowledged(
  copy: DraftCopy | null,
  sent: DraftCopy,
  answer: DraftKept,
  isTyped: boolean,
): DraftCopy | null {
  if (!isSame(answer.words, sent.words)) return merged(copy, answer, isTyped)
  if (copy === null) return null
  const { writtenAt, displaced } = answer
  const at = copy.at === sent.at ? writtenAt : copy.at
  const isOwn = displaced === null || displaced.writtenAt === sent.triedAt
  const other = isOwn ? copy.other : { words: displaced.words, at: displaced.writtenAt }
  return { ...copy, at, sentAt: writtenAt, other: copy.words === null ? null : other }
}

function isSame(a: object | null, b: object | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
