import type { SessionUser } from '#contract/staff.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { Conflict, NotFound } from '../errors.ts'
import type { NewId } from '../ports.ts'
import type { StoredTicket } from '../tickets/ticket-record.ts'
import { agreedBy, caseOf } from './case-record.ts'
import type { TicketWalked } from './effect.ts'
import { createFactsService, type FactsDeps, repliesIn } from './facts-service.ts'
import { createMergeService, type MergeDeps } from './merge-service.ts'
import { replyChannel } from './objections.ts'
import { processRoutes } from './process-routes.ts'
import { readTicket } from './process-store.ts'
import { createProcessService, type ProcessDeps } from './process-service.ts'
import { createReplyService } from './reply-service.ts'
import { type Said, stepOfSaid } from './rows/said-steps.ts'

export type ProcessFeatureDeps = Omit<ProcessDeps, 'facts'> &
  Omit<FactsDeps, 'unmergeBlocked'> &
  MergeDeps & { newId: NewId }

export type Process = ReturnType<typeof createProcess>

/** The complaint process: its steps, what may be done now, and the evidence of answers. */
export function createProcess(deps: ProcessFeatureDeps) {
  const merges = createMergeService(deps)
  const facts = createFactsService({ ...deps, unmergeBlocked: merges.blocked })
  const service = createProcessService({ ...deps, facts })
  const replies = createReplyService(deps)

  /** Writes down what a step says of itself: a try, a mail, a letter. */
  async function noteReplies(trx: Trx, fact: TicketWalked): Promise<void> {
    for (const effect of fact.effects) {
      if (effect.type !== 'note_attempt' && effect.type !== 'note_reply') continue
      // oxlint-disable-next-line no-await-in-loop -- one of a step
      await replies.note(trx, effect, fact)
    }
  }

  /** What this person may do now, where the customer is to be answered and what there is of it. */
  async function shownTo(db: Db, row: StoredTicket, user: SessionUser) {
    const ticket = caseOf(row)
    const seen = await facts.lookAll(db, ticket)
    return {
      actions: await service.offers(db, row, { user, seen }),
      channel: { channel: replyChannel(ticket), agreedBy: agreedBy(row.reply_channel) },
      evidence: repliesIn(ticket, seen),
    }
  }

  /**
   * The customer said so in a callback: the step of the table that it is in this state, as this person.
   * Throws Conflict where it is none, and as `actIn`.
   */
  async function say(trx: Trx, ticketId: string, said: Said, user: SessionUser): Promise<void> {
    const row = await readTicket(trx.db, ticketId)
    if (row === undefined) throw new NotFound('ticket', ticketId)
    const { status } = caseOf(row)
    const step = stepOfSaid(status, said)
    if (step === null) {
      const why = `the ticket is ${status} by now: say only whether the customer was reached`
      throw new Conflict(why, 'word_overtaken')
    }
    await service.actIn(trx, ticketId, step, user)
  }

  return {
    routes: processRoutes(service, replies),
    say,
    /** A step that the service itself takes. */
    step: service.step,
    /** A step as this person, in the caller's transaction. */
    actIn: service.actIn,
    release: service.release,
    link: service.link,
    unlink: service.unlink,
    noteReplies,
    shownTo,
    merges,
    noteAttempt: replies.noteAttempt,
    isAttemptNoted: replies.isAttemptNoted,
    withdrawAttempt: replies.withdrawAttempt,
    noteCall: replies.noteCall,
  }
}
