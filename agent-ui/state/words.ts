import type { AttemptWord, CallbackView } from '#contract/callbacks.ts'

type Spoken = Pick<CallbackView, 'attempts' | 'awaits'>
type LastAttempt = CallbackView['attempts'][number]

/** The key of each word, whichever of them the ticket knows: the digits are the screens'. */
export const WORD_KEYS: Readonly<Record<AttemptWord, string>> = {
  solved: 'Alt+Y',
  unsolved: 'Alt+U',
  reached: 'Alt+R',
  not_reached: 'Alt+I',
}

/** How the evidence shows the attempt that waits for a word. */
export type Shown =
  /** For so long; null: it is not known. */
  | { kind: 'talked'; seconds: number | null }
  /** Answered, but too shortly to tell a customer from a machine. */
  | { kind: 'guess'; seconds: number }
  | { kind: 'not_reached'; outcome: NonNullable<LastAttempt['outcome']> }

/** What is known of the last attempt, and which words it speaks for. */
export function shownOf({ attempts }: Pick<Spoken, 'attempts'>): Shown | null {
  const last = attempts.at(-1)
  if (last?.outcome == null) return null
  const { outcome, talkSeconds: seconds } = last
  if (outcome === 'reached') return { kind: 'talked', seconds }
  if (outcome === 'no_answer' && seconds !== null) return { kind: 'guess', seconds }
  return { kind: 'not_reached', outcome }
}

/** The word that the evidence speaks for: whoever called confirms it, or says another one. */
export function likelyWord(promise: Spoken): AttemptWord | null {
  const shown = shownOf(promise)
  const words = promise.awaits?.words ?? []
  if (shown === null) return null
  return shown.kind === 'talked' ? (words[0] ?? null) : 'not_reached'
}

/** The outcomes of a line that nobody was reached on, as a person may say them. */
const IN_VAIN = ['busy', 'no_answer', 'rejected'] as const

/** What is sent for a word: that nobody was reached is said as the evidence has it. */
export function outcomeOf(
  word: AttemptWord,
  { attempts }: Pick<Spoken, 'attempts'>,
): { outcome: string; result?: 'ok' | 'nok' } {
  switch (word) {
    case 'solved':
      return { outcome: 'reached', result: 'ok' }
    case 'unsolved':
      return { outcome: 'reached', result: 'nok' }
    case 'reached':
      return { outcome: 'reached' }
    case 'not_reached': {
      const seen = IN_VAIN.find((outcome) => outcome === attempts.at(-1)?.outcome)
      return { outcome: seen ?? 'no_answer' }
    }
  }
}

/** What the process may ask for beside the word. */
export type Missing = 'note' | 'overrideReason' | 'resolution'

/** Fields of an answer on another channel: it is said why there is none. */
const OF_CHANNELS = ['messageId', 'letterReference', 'letterDate', 'overrideReason']

/** What a refused word lacks; null when it was refused for something else. */
export function missingOf(faults: readonly { path: string }[]): Missing | null {
  const path = faults[0]?.path ?? ''
  if (path === 'note' || path === 'resolution') return path
  return OF_CHANNELS.includes(path) ? 'overrideReason' : null
}
