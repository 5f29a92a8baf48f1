/** Whoever typed within it is in the middle of a word or a sentence. */
const SENTENCE_MS = 10_000
/** Whoever typed within it types on without looking. */
const WORD_MS = 1_500

let typed: { at: number; field: EventTarget | null } | null = null

/** The words that were typed last are saved or given up: nothing of them can be lost any more. */
export function wordsAreSafe(): void {
  typed = null
}

function noteTyping({ target }: Event): void {
  typed = { at: performance.now(), field: target }
}

/** Follows what is typed into fields anywhere on the page until the answer is called. */
export function followTyping(): () => void {
  addEventListener('input', noteTyping, true)
  return () => removeEventListener('input', noteTyping, true)
}

/**
 * Whether the page may not be changed under this person's hands: words of the last ten seconds stand
 * unsaved in a field, or a dialog over the page waits for its answer (a menu left open waits for nothing).
 */
export function isAtWork(): boolean {
  return isInSentence() || document.querySelector('[aria-modal="true"]') !== null
}

/** Whether the hands are on the keys: what is typed next is meant for the same field. */
export function isTyping(): boolean {
  return hasTypedWithin(WORD_MS)
}

function hasTypedWithin(ms: number): boolean {
  return typed !== null && performance.now() - typed.at < ms
}

function isInSentence(): boolean {
  if (typed === null || !hasTypedWithin(SENTENCE_MS)) return false
  const { field } = typed
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false
  return field.isConnected && field.value !== ''
}
