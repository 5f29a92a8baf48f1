/** Whoever typed within it is in the middle of a word or a sentence. */
const SENTENCE_MS = 10_000

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
 * unsaved in a field, or a dialog waits for its answer.
 */
export function isAtWork(): boolean {
  return isInSentence() || document.querySelector('[role="dialog"]') !== null
}

function isInSentence(): boolean {
  if (typed === null || performance.now() - typed.at >= SENTENCE_MS) return false
  const { field } = typed
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false
  return field.isConnected && field.value !== ''
}
