import { ticketStatus } from '../../server/contract/tickets.ts'
import * as customers from '../../server/customers/customer-store.ts'
import type { Db } from '../../server/db/schema.ts'
import * as searchDue from '../../server/search/due-store.ts'
import * as search from '../../server/search/search-store.ts'
import * as source from '../../server/search/source-store.ts'
import { OPEN_STATUSES } from '../../server/tickets/ticket.ts'
import * as counts from '../../server/tickets/lists/ticket-count-store.ts'
import * as lists from '../../server/tickets/lists/ticket-list-store.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const LATER = '2026-11-22T02:05:00.000Z'
const PAGE = { at: NOW, id: 't' }
const TICKETS = { sort: 'received', order: 'desc', limit: 50, after: null } as const
const FILTER = { statuses: ticketStatus.options, now: NOW }
const OPEN_FILTER = { ...FILTER, statuses: OPEN_STATUSES }
const WORDS = {
  level: [[{ word: 'mat', isBeginning: true }], [{ word: '_c1', isBeginning: false }]],
  but: [],
  mark: null,
  before: null,
  limit: 50,
}
const COUNTED = { levels: [WORDS.level], mark: null, most: 1001 }

/** What lists and searches ask, by what they are of. */
export const LISTS_AND_SEARCH: Record<string, Record<string, (db: Db) => Promise<unknown>>> = {
  'ticket list': {
    all: (db) => lists.listTickets(db, FILTER, TICKETS),
    'next page': (db) => lists.listTickets(db, FILTER, { ...TICKETS, after: PAGE }),
    'oldest first': (db) =>
      lists.listTickets(db, FILTER, { ...TICKETS, order: 'asc', after: PAGE }),
    open: (db) => lists.listTickets(db, OPEN_FILTER, TICKETS),
    'of a status': (db) => lists.listTickets(db, { ...FILTER, statuses: ['confirmed'] }, TICKETS),
    'of a person': (db) => lists.listTickets(db, { ...FILTER, assigneeId: 's' }, TICKETS),
    'of nobody': (db) => lists.listTickets(db, { ...OPEN_FILTER, assigneeId: null }, TICKETS),
    'of a customer': (db) => lists.listTickets(db, { ...FILTER, customerId: 'a' }, TICKETS),
    'of a number': (db) => lists.listTickets(db, { ...FILTER, numberKey: '+84' }, TICKETS),
    'of an outage': (db) => lists.listTickets(db, { ...FILTER, outageId: 'o' }, TICKETS),
    'of a past outage': (db) => lists.listTickets(db, { ...FILTER, pastOutageId: 'o' }, TICKETS),
    'of no outage': (db) => lists.listTickets(db, { ...OPEN_FILTER, outageId: null }, TICKETS),
    'of a category': (db) => lists.listTickets(db, { ...FILTER, category: 'TV' }, TICKETS),
    'of a service': (db) => lists.listTickets(db, { ...FILTER, service: 'ftth' }, TICKETS),
    'of an area': (db) => lists.listTickets(db, { ...FILTER, area: 'Ba Đình' }, TICKETS),
    'of one team of several': (db) => lists.listTickets(db, { ...FILTER, teamId: 'k' }, TICKETS),
    'by mail': (db) => lists.listTickets(db, { ...FILTER, channel: 'email' }, TICKETS),
    'by call': (db) => lists.listTickets(db, { ...FILTER, channel: 'hotline' }, TICKETS),
    complaints: (db) => lists.listTickets(db, { ...FILTER, kind: 'complaint' }, TICKETS),
    'of some days': (db) =>
      lists.listTickets(db, { ...FILTER, receivedFrom: NOW, receivedTo: LATER }, TICKETS),
    overdue: (db) => lists.listTickets(db, { ...OPEN_FILTER, dueBefore: NOW }, TICKETS),
    promised: (db) => lists.listTickets(db, { ...OPEN_FILTER, promise: 'late' }, TICKETS),
    'not promised': (db) => lists.listTickets(db, { ...OPEN_FILTER, promise: 'none' }, TICKETS),
    'by deadline': (db) => lists.listTickets(db, OPEN_FILTER, { ...TICKETS, sort: 'due' }),
    'by clock': (db) =>
      lists.listTickets(db, OPEN_FILTER, { ...TICKETS, sort: 'clock', after: PAGE }),
    'by change': (db) => lists.listTickets(db, OPEN_FILTER, { ...TICKETS, sort: 'updated' }),
    'by closing': (db) =>
      lists.listTickets(db, FILTER, { ...TICKETS, sort: 'closed', after: PAGE }),
    'of those found': (db) => lists.selectListed(db, ['t', 'u'], FILTER),
    'how many of each filter': (db) =>
      counts.countEach(db, [OPEN_FILTER, { ...OPEN_FILTER, assigneeId: 's', promise: 'late' }]),
    'how many of each status': (db) => counts.countByStatus(db),
    'how many overdue': (db) => counts.countOverdue(db, NOW),
  },
  'customer list': {
    all: (db) => customers.listCustomers(db, { limit: 50, beforeId: undefined }),
    'next page': (db) => customers.listCustomers(db, { limit: 50, beforeId: 'a' }),
    'of those found': (db) => customers.selectCustomers(db, ['a', 'b']),
  },
  search: {
    'tickets by words': (db) => search.findDocuments(db, 'ticket', WORDS),
    'more of them': (db) => search.findDocuments(db, 'ticket', { ...WORDS, before: 9 }),
    'open ones': (db) => search.findDocuments(db, 'ticket', { ...WORDS, mark: '_open' }),
    'customers by words': (db) => search.findDocuments(db, 'customer', WORDS),
    'how many tickets': (db) => search.countDocuments(db, 'ticket', COUNTED),
    'what is due': (db) => searchDue.selectDueTickets(db, 50),
    'customers that are due': (db) => searchDue.selectDueCustomers(db, 50),
    'done with tickets': (db) => searchDue.removeDueTickets(db, [1, 2]),
    'done with customers': (db) => searchDue.removeDueCustomers(db, [1, 2]),
    'half done': (db) => searchDue.placeDueCustomers(db, [1], ''),
    'columns of tickets': (db) => source.selectTicketColumns(db, ['t', 'u']),
    'rows of customers': (db) => source.selectCustomerRows(db, ['a', 'b']),
    'merged codes': (db) => source.selectMergedCodes(db, ['t', 'u']),
    'first indexing': (db) => source.selectIdsBefore(db, 'ticket', 't', 50),
    'tickets of a customer': (db) => source.selectTicketsOfCustomer(db, 'a', PAGE, 50),
  },
}
