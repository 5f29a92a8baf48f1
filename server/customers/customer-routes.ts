import { z } from 'zod'
import { customer, customerCreate, customerPatch } from '#contract/customers.ts'
import { customerHistoryItem } from '#contract/customer-history.ts'
import { foundPageOf, id, pageOf, pageQuery } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import { customerLookup } from '#contract/tickets.ts'
import { type Route, route } from '../http/route.ts'
import { seesNumbers } from '../teams/masked-number.ts'
import type { CustomerService } from './customer-service.ts'
import type { createCustomerHistory } from './history-service.ts'

/** Reception and its leads keep the customers' records; NOC and field read them. */
const EDITORS: readonly Role[] = ['agent', 'supervisor', 'admin']

const params = z.object({ id })

export function customerRoutes(
  customers: CustomerService & ReturnType<typeof createCustomerHistory>,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/customers',
      summary:
        'Customers, newest first; with words (accents may be left out), a number or a contract the best found first',
      access: 'signed_in',
      query: pageQuery.extend({ q: z.string().trim().max(100).optional() }),
      response: foundPageOf(customer),
      handler: ({ query, user }) => customers.list(query, !seesNumbers(user.role)),
    }),
    route({
      method: 'get',
      path: '/customers/lookup',
      summary: 'Whose number this is, with the open tickets',
      access: EDITORS,
      query: z.object({ phone: z.string().max(120) }),
      response: customerLookup,
      handler: ({ query }) => customers.lookup(query.phone),
    }),
    route({
      method: 'get',
      path: '/customers/:id',
      summary: 'One customer with numbers and contracts',
      access: 'signed_in',
      params,
      response: customer,
      handler: ({ params: { id: customerId } }) => customers.get(customerId),
    }),
    route({
      method: 'get',
      path: '/customers/:id/history',
      summary: 'All tickets and calls of the customer, newest first',
      access: 'signed_in',
      params,
      query: pageQuery,
      response: pageOf(customerHistoryItem),
      handler: ({ params: { id: customerId }, query }) => customers.history(customerId, query),
    }),
    route({
      method: 'post',
      path: '/customers',
      summary: 'A new customer; with linkTicketId the caller of that ticket',
      access: EDITORS,
      body: customerCreate,
      response: customer,
      status: 201,
      handler: ({ body, user }) => customers.create(body, user),
    }),
    route({
      method: 'patch',
      path: '/customers/:id',
      summary: 'Change a customer; lists that are given replace the stored ones',
      access: EDITORS,
      params,
      body: customerPatch,
      response: customer,
      handler: ({ params: { id: customerId }, body }) => customers.patch(customerId, body),
    }),
  ]
}
