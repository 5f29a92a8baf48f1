import { z } from 'zod'
import { customerRef } from '../customers.ts'
import { ticketCategory } from './guidance.ts'
import { id, instant, revision, words } from '../primitives.ts'
import { complainant } from './process.ts'
import { intakeChannel, ticketKind } from '../tickets.ts'

/** Who we are on papers for customers. */
export const company = z.object({
  name: words().min(1).max(200),
  address: words().max(300),
  hotline: words().max(40),
  email: z.email().max(160).or(z.literal('')),
  /** Tax or business code; empty when it does not stand on papers. */
  taxCode: words().max(40),
})
export type Company = z.infer<typeof company>

export const companyView = company.extend({ version: revision })
export type CompanyView = z.infer<typeof companyView>

/** The complaint receipt slip ("Phiếu tiếp nhận khiếu nại", Circular 05/2011): number, content, request. */
export const receipt = z.object({
  ticketId: id,
  code: z.string(),
  kind: ticketKind,
  channel: intakeChannel,
  receivedAt: instant,
  /** Null where no deadline applies. */
  dueAt: instant.nullable(),
  dueProvisional: z.boolean(),
  category: z.object({ id: ticketCategory, name: z.string() }).nullable(),
  subject: z.string(),
  content: z.string(),
  /** Null when the customer named nothing beyond the matter itself. */
  request: z.string().nullable(),
  customer: customerRef.nullable(),
  contractNo: z.string().nullable(),
  circuitId: z.string().nullable(),
  /** Where the service is used. */
  address: z.string().nullable(),
  complainant: complainant.nullable(),
  contact: z.object({ name: z.string().nullable(), number: z.string().nullable() }),
  /** Who took it in; null when the service did. */
  receivedBy: z.string().nullable(),
  company,
})
export type Receipt = z.infer<typeof receipt>
