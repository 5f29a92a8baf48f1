import type { ProcessAction } from '#contract/casework/process.ts'
import type { Team, TicketStatus } from '#contract/tickets.ts'
import type { Case, CaseChange, CaseFacts } from './case.ts'
import type { ProcessEffect } from './effect.ts'
import type { ActionInput } from './inputs.ts'

/** One step as its row sees it. */
export interface Step<A extends ProcessAction = ProcessAction> {
  ticket: Case
  input: ActionInput<A>
  facts: CaseFacts
}

/** What a row finds wrong: a state that does not allow it now, or a field that is missing. */
export type Objection =
  | { code: string; reason: string }
  | { code: string; reason: string; path: string }

/** Who may take it: a team (its lead too), the team whose state it is, or only a lead of CSKH. */
export type Who = Team | 'owner' | 'lead'

/** One row of `process.md` §4 as data. */
export interface Row<A extends ProcessAction = ProcessAction> {
  /** Number of the row in `process.md` §4. */
  number: number
  action: A
  from: readonly TicketStatus[]
  who: readonly Who[]
  /** Which of the rows with this action and state it is, by its input; always when left out. */
  when?: (input: ActionInput<A>, ticket: Case, facts: CaseFacts) => boolean
  /** Objections that need no input: an action with one is not offered. */
  possible?: (ticket: Case, facts: CaseFacts) => Objection | null
  /** Which choices of a field this ticket has; all that the field knows when left out. */
  choices?: (ticket: Case) => Readonly<Record<string, readonly string[]>>
  /** What else it needs. */
  guard?: (step: Step<A>) => Objection[]
  /** Null: the state stays. */
  to: TicketStatus | null | ((step: Step<A>) => TicketStatus)
  /** Fields that it changes, beside the state. */
  change?: (step: Step<A>) => CaseChange
  effects?: (step: Step<A>) => ProcessEffect[]
  /** It leads the ticket on: the button of its state. */
  isMain?: boolean
}

/** Keeps the types of one row's parts together, then forgets them for the table. */
export function row<A extends ProcessAction>(spec: Row<A>): Row {
  const forgotten: unknown = spec
  // oxlint-disable-next-line no-unsafe-type-assertion -- `walk` parses the input by the row's own action
  return forgotten as Row
}
