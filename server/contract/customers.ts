import { z } from 'zod'
import { id, instant, localDate, localDateInput, revision, words } from './primitives.ts'

/**
 * What a number is; `unknown` numbers are kept raw and still match themselves. `nobody`: what many
 * strangers send instead of a number (zeros, a lone plus, one digit, a word) and our own number. These
 * and the 1800 and 1900 services are shown and never matched: their key is null.
 */
export const phoneKind = z.enum([
  'mobile',
  'fixed',
  'service1800',
  'service1900',
  'short_or_ext',
  'intl',
  'anonymous',
  'nobody',
  'unknown',
])
export type PhoneKind = z.infer<typeof phoneKind>

/** `raw` as the PBX or a person gave it; `key` is what customers are matched by, null when hidden or nobody's. */
export const phoneNumber = z.object({
  raw: z.string(),
  kind: phoneKind,
  key: z.string().nullable(),
  display: z.string(),
})
export type PhoneNumber = z.infer<typeof phoneNumber>

export const contractStatus = z.enum(['active', 'suspended', 'ended'])
export type ContractStatus = z.infer<typeof contractStatus>

/** `services`: what is delivered by it, such as "Internet" and "IPTV"; `area`: the name of the place. */
export const contract = z.object({
  id,
  contractNo: z.string(),
  servicePlan: z.string(),
  services: z.array(z.string()),
  installationAddress: z.string(),
  area: z.string(),
  areaClass: z.enum(['urban', 'rural']),
  circuitId: z.string().nullable(),
  status: contractStatus,
  /** The same as `status` being `suspended`. */
  suspended: z.boolean(),
})
export type Contract = z.infer<typeof contract>

export const customerPhone = z.object({
  number: phoneNumber,
  label: z.string(),
})

/** Who signed; an empty name means the customer's own. `paper`: identity card or registration. */
export const holder = z.object({ name: z.string(), paper: z.string() })

/** Who may speak for the holder: by which paper, and until which day (null: no end). */
export const representative = z.object({
  id,
  name: z.string(),
  number: phoneNumber.nullable(),
  paper: z.string(),
  validUntil: localDate.nullable(),
})
export type Representative = z.infer<typeof representative>

export const customer = z.object({
  id,
  code: z.string(),
  name: z.string(),
  kind: z.enum(['individual', 'organisation']),
  email: z.string().nullable(),
  address: z.string(),
  note: z.string(),
  holder,
  representatives: z.array(representative),
  phones: z.array(customerPhone),
  contracts: z.array(contract),
  version: revision,
  createdAt: instant,
})
export type Customer = z.infer<typeof customer>

/** The short form shown in pops, candidate lists and ticket rows. */
export const customerRef = z.object({
  id,
  code: z.string(),
  name: z.string(),
  kind: z.enum(['individual', 'organisation']),
  address: z.string(),
  contractNos: z.array(z.string()),
})
export type CustomerRef = z.infer<typeof customerRef>

/** `status` goes before `suspended`, which is from before there was a status. */
const contractInput = z.object({
  contractNo: words().min(1).max(40),
  servicePlan: words().max(80).default(''),
  services: z.array(words().min(1).max(40)).max(20).default([]),
  installationAddress: words().max(300).default(''),
  area: words().max(80).default(''),
  areaClass: z.enum(['urban', 'rural']).default('urban'),
  circuitId: words().max(40).nullable().default(null),
  status: contractStatus.optional(),
  suspended: z.boolean().default(false),
})
const phoneInput = z.object({
  number: z.string().trim().min(1).max(60),
  label: words().max(40).default(''),
})
const holderInput = z.object({
  name: words().max(160).default(''),
  paper: words().max(60).default(''),
})
const representativeInput = z.object({
  name: words().min(1).max(160),
  number: z.string().trim().min(1).max(60).nullable().default(null),
  paper: words().max(160).default(''),
  validUntil: localDateInput.nullable().default(null),
})
export type PhoneInput = z.infer<typeof phoneInput>
export type ContractInput = z.infer<typeof contractInput>
export type RepresentativeInput = z.infer<typeof representativeInput>

const customerInput = z.object({
  name: words().min(1).max(160),
  kind: z.enum(['individual', 'organisation']).default('individual'),
  email: z.email().max(160).nullable().default(null),
  address: words().max(300).default(''),
  note: words().max(2000).default(''),
  holder: holderInput.default({ name: '', paper: '' }),
  representatives: z.array(representativeInput).max(20).default([]),
  phones: z.array(phoneInput).max(20).default([]),
  contracts: z.array(contractInput).max(50).default([]),
})

/**
 * `linkTicketId`: the ticket of the call whose caller this is. It gets this customer, and its number
 * is taken over and remembered.
 */
export const customerCreate = customerInput.extend({ linkTicketId: id.optional() })
export type CustomerCreate = z.infer<typeof customerCreate>

export const customerPatch = z.object({
  version: revision,
  name: words().min(1).max(160).optional(),
  kind: z.enum(['individual', 'organisation']).optional(),
  email: z.email().max(160).nullable().optional(),
  address: words().max(300).optional(),
  note: words().max(2000).optional(),
  holder: holderInput.optional(),
  representatives: z.array(representativeInput).max(20).optional(),
  phones: z.array(phoneInput).max(20).optional(),
  contracts: z.array(contractInput).max(50).optional(),
})
export type CustomerPatch = z.infer<typeof customerPatch>
