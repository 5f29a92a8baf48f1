import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import { companyView, receipt } from '#contract/casework/receipts.ts'
import { type Route, route } from '../http/route.ts'
import type { ReceiptService } from './receipt-service.ts'

export function receiptRoutes(receipts: ReceiptService): Route[] {
  return [
    route({
      method: 'get',
      path: '/tickets/:id/receipt',
      summary: 'The complaint receipt slip; the page /receipt/:id prints it on A4',
      access: ['agent', 'supervisor', 'admin'],
      params: z.object({ id }),
      response: receipt,
      handler: ({ params: { id: ticketId }, user }) => receipts.receipt(ticketId, user),
    }),
    route({
      method: 'get',
      path: '/settings/company',
      summary: 'Who we are on papers for customers',
      access: 'signed_in',
      response: companyView,
      handler: () => receipts.company(),
    }),
    route({
      method: 'put',
      path: '/settings/company',
      summary: 'Change who we are on papers for customers',
      access: ['admin'],
      body: companyView,
      response: companyView,
      handler: ({ body, user }) => receipts.changeCompany(body, user.id),
    }),
  ]
}
