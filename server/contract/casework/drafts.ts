import { z } from 'zod'
import { instant, instantInput } from '../primitives.ts'

/**
 * Characters of the words as JSON: the longest form of the pages (a ticket: 10,000 of description beside
 * its other fields) and what it was typed over, each letter of it written as two at the worst.
 */
const MOST_CHARACTERS = 64_000

/** Names a form of the pages, e.g. `note.<ticket>`. */
export const draftKey = z.string().regex(/^[\w.:-]{1,160}$/)

/** What stands in a form, by its fields; its shape is the page's own matter. */
const draftWords = z.record(z.string(), z.unknown())

export const draft = z.object({
  key: draftKey,
  words: draftWords,
  /** When it was typed. */
  writtenAt: instant,
})
export type Draft = z.infer<typeof draft>

export const draftWrite = z.object({
  words: draftWords.refine((words) => JSON.stringify(words).length <= MOST_CHARACTERS, {
    error: `must be at most ${MOST_CHARACTERS} characters as JSON`,
  }),
  writtenAt: instantInput,
  /** Which words these were typed over, as their `writtenAt`; null: an empty form. */
  over: instantInput.nullable().default(null),
})
export type DraftWrite = z.infer<typeof draftWrite>

/** What stands there after a write; `displaced` are older words that whoever typed these had not seen. */
export const draftKept = draft.extend({
  displaced: draft.pick({ words: true, writtenAt: true }).nullable(),
})
export type DraftKept = z.infer<typeof draftKept>

/** Only what was typed until then is dropped: another device may have typed on. */
export const draftDrop = z.object({ until: instantInput.optional() })
export type DraftDrop = z.infer<typeof draftDrop>

/** All of a person, at most 200, newest first. */
export const draftList = z.object({ items: z.array(draft) })
export type DraftList = z.infer<typeof draftList>
