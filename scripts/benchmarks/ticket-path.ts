import { selectOpenTickets, selectTicketsOfPop } from '../../server/tickets/open-ticket-store.ts'
import type { Notifier } from '../../server/ports.ts'
import { createCallService, type CallService } from '../../server/calls/call-service.ts'
import { callsById, linkTicket } from '../../server/calls/linked-call-store.ts'
import { createCustomerService } from '../../server/customers/customer-service.ts'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Db } from '../../server/db/schema.ts'
import type { Database } from '../../server/db/transaction.ts'
import { createLogger } from '../../server/logger.ts'
import { newUuid, systemClock } from '../../server/system-clock.ts'
import { createCallTicketService } from '../../server/tickets/call-ticket-service.ts'
import { createPopService } from '../../server/pops/pop-service.ts'
import { createWorkflow } from '../../server/workflow.ts'

const AGENTS: readonly string[] = ['101', '102']

export interface TicketPath {
  calls: CallService
  database: Database
  /** Path of the SQLite file. */
  file: string
  /** How long each transaction took, from begin to durable, in milliseconds; newest last. */
  transactionMs: number[]
  /** Resolves when the calls are saved and their pops are on their way. */
  idle: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * The service's own way from a call event to a durable ticket and pop, without sockets: the real
 * call service, workflow, tickets, pops and customers over a SQLite file as in production.
 */
export async function openTicketPath(folder: string): Promise<TicketPath> {
  const file = `${folder}/tickets.db`
  const opened = await openDatabase(`sqlite:${file}`)
  await migrateToLatestOrThrow(opened)
  await addAgents(opened.db)
  const transactionMs: number[] = []
  const database = timed(opened, transactionMs)
  const { calls, pops } = build(database)
  return {
    calls,
    database,
    file,
    transactionMs,
    async idle() {
      await calls.idle()
      await pops.idle()
    },
    stop: () => end(calls, pops, opened),
  }
}

/** The house, as far as an answered call walks through it: the one place that knows its parts. */
function build(database: Database) {
  const logger = createLogger({ level: 'error' })
  const common = { database, clock: systemClock, newId: newUuid, logger, notifier: DEAF }
  const customers = createCustomerService({
    ...common,
    formatForeign: () => null,
    openTicketsFor: async () => [],
  })
  const describeNumber = customers.describe
  const tickets = createCallTicketService({
    ...common,
    describeNumber,
    dueAt: (receivedAt) => receivedAt,
    findByNumber: customers.findByNumber,
    staffById: (id) => ({ id, displayName: id }),
    linkCall: (trx, link) => linkTicket(trx.db, link),
  })
  const pops = createPopService({
    ...common,
    describeNumber,
    findByNumbers: customers.findByNumbers,
    customersById: customers.refsById,
    callsById,
    openTickets: selectOpenTickets,
    ticketsOfPop: selectTicketsOfPop,
  })
  const calls = createCallService({
    ...common,
    rules: { hotlineQueues: new Set(['hotline']), isInternal: isExtension },
    describeNumber,
    staffByExtension: (extension) => ({ id: extension, displayName: extension }),
    onFact: createWorkflow({
      staffIdOf: (extension) => (AGENTS.includes(extension) ? extension : null),
      tickets,
      pops,
      callbacks: { onCallProgress: async () => null },
      queues: { countCall: () => undefined },
      announceCall: () => undefined,
    }),
  })
  return { calls, pops }
}

function isExtension(endpoint: string): boolean {
  return /^\d{2,6}$/.test(endpoint)
}

/** Nobody listens: what is measured ends when the rows are safe. */
const DEAF: Notifier = {
  screenPop: () => undefined,
  deskCall: () => undefined,
  agentState: () => undefined,
  callUpdated: () => undefined,
  ticketUpdated: () => undefined,
  callbackUpdated: () => undefined,
  queuesPatch: () => undefined,
  pbxStatus: () => undefined,
  disconnect: () => undefined,
}

/** The same database, noting how long each transaction takes. */
function timed(database: Database, transactionMs: number[]): Database {
  return {
    ...database,
    transaction(work) {
      const startedAt = performance.now()
      return database.transaction((trx) => {
        trx.afterCommit(() => transactionMs.push(performance.now() - startedAt))
        return work(trx)
      })
    },
  }
}

async function addAgents(db: Db): Promise<void> {
  const now = systemClock.now()
  const rows = AGENTS.map((extension) => ({
    id: extension,
    username: extension,
    display_name: extension,
    role: 'agent',
    extension,
    active: 1,
    password_hash: '',
    version: 1,
    created_at: now,
    updated_at: now,
  }))
  await db.insertInto('staff').values(rows).execute()
}

async function end(
  calls: CallService,
  pops: { stop: () => Promise<void> | void },
  database: Database,
): Promise<void> {
  await calls.stop()
  await pops.stop()
  await database.close()
}
