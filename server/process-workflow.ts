import type { Trx } from './db/transaction.ts'
import type { Callbacks } from './callbacks/callbacks-feature.ts'
import type { PromiseOrder } from './callbacks/promise-making-service.ts'
import type { Pops } from './pops/pops-feature.ts'
import type { ProcessEffect, TicketWalked } from './process/effect.ts'
import type { Process } from './process/process-feature.ts'
import { lineOfStep } from './process/step-line.ts'
import type { Tickets } from './tickets/tickets-feature.ts'

/** What a step of the process asks of the other features. */
export interface StepDeps {
  /** Who works here, with their phone; null for anybody else. */
  personById: (staffId: string) => PromiseOrder['maker']
  tickets: Pick<Tickets, 'note' | 'announce'>
  pops: Pick<Pops, 'touch'>
  callbacks: Pick<Callbacks, 'promise' | 'cancelAll' | 'retry'>
  process: Pick<Process, 'noteReplies'>
}

/** The workflow of the complaint process: a step's line, then each of its effects in their order. */
export function createStepWorkflow(deps: StepDeps) {
  const { tickets, pops, callbacks, process } = deps

  async function follow(trx: Trx, fact: TicketWalked): Promise<void> {
    await tickets.note(trx, lineOfStep(fact))
    await process.noteReplies(trx, fact)
    for (const effect of fact.effects) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction, and in the order of the table
      await apply(trx, fact, effect)
    }
    await tickets.announce(trx, fact.ticketId)
    await pops.touch(trx, fact.ticketId)
  }

  async function apply(trx: Trx, fact: TicketWalked, effect: ProcessEffect): Promise<void> {
    const { ticketId, actorId } = fact
    switch (effect.type) {
      case 'promise_callback': {
        const maker = actorId === null ? null : deps.personById(actorId)
        return callbacks.promise(trx, { ticketId, maker })
      }
      case 'retry_promise':
        return callbacks.retry(trx, ticketId, effect.dueAt)
      case 'supersede_promises':
        return callbacks.cancelAll(trx, { ticketId, actorId, reason: 'superseded' })
      case 'cancel_promises':
        return callbacks.cancelAll(trx, { ticketId, actorId, reason: effect.reason })
    }
  }

  return { follow }
}
