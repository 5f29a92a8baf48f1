import type { Instant } from '#contract/primitives.ts'
import { InvalidInput } from './errors.ts'

/** Where a page of a list ended: lists are in order of a moment, then of the id. */
export interface PageCursor {
  at: Instant
  id: string
}

/** Opaque to clients. */
export function writeCursor({ at, id }: PageCursor): string {
  return `${at}~${id}`
}

/** Throws InvalidInput when the text is no cursor of ours. */
export function readCursor(text: string): PageCursor {
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)~(.{1,100})$/.exec(text) ?? []
  if (at !== undefined && id !== undefined) return { at, id }
  const message = 'is not a cursor of this list: take nextCursor of the page before'
  throw new InvalidInput(message, [{ path: 'cursor', message }])
}

/** Of one row more than the page holds: the page, and the cursor that the next one begins after. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last === undefined ? null : cursorOf(last) }
}
