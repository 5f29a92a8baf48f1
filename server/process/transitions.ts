import { ANSWER_ROWS } from './rows/answer-rows.ts'
import { CLOSING_ROWS } from './rows/closing-rows.ts'
import { INTAKE_ROWS } from './rows/intake-rows.ts'
import { TECHNICAL_ROWS } from './rows/technical-rows.ts'
import type { Row } from './row.ts'

/**
 * The whole process: every row of `process.md` §4 but row 1, which is the opening of a ticket.
 * `transitions.test.ts` compares it with the copy of that page, row by row.
 */
export const TRANSITIONS: readonly Row[] = [
  ...INTAKE_ROWS,
  ...TECHNICAL_ROWS,
  ...ANSWER_ROWS,
  ...CLOSING_ROWS,
].toSorted((one, other) => one.number - other.number)
