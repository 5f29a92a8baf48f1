import type { TicketDetails, TicketPatch } from '#contract/tickets.ts'
import type { FieldError } from '../errors.ts'
import type { StoredTicket } from './ticket-record.ts'

/** The columns that people write, besides the subject. */
export type EditableColumns = Pick<
  StoredTicket,
  | 'description'
  | 'kind'
  | 'priority'
  | 'category'
  | 'service'
  | 'area'
  | 'area_class'
  | 'address'
  | 'contact_name'
  | 'contact_raw'
  | 'contract_id'
  | 'complainant'
  | 'customer_request'
>

type Order = TicketDetails & Pick<TicketPatch, 'description' | 'kind' | 'priority'>

/** The order in columns: what it leaves out is left out, an emptied field is null. */
export function orderedColumns(order: Order): Partial<EditableColumns> {
  const { description, kind, priority, complainant } = order
  return given({
    description,
    kind,
    priority,
    category: order.category,
    service: emptied(order.service),
    area: emptied(order.area),
    area_class: order.areaClass,
    address: emptied(order.address),
    contact_name: emptied(order.contactName),
    contact_raw: emptied(order.contactNumber),
    contract_id: order.contractId,
    customer_request: emptied(order.customerRequest),
    complainant: complainant ? JSON.stringify(complainant) : complainant,
  })
}

function emptied(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text
}

function given(columns: { [K in keyof EditableColumns]: EditableColumns[K] | undefined }) {
  const set: Partial<EditableColumns> = {}
  for (const [name, value] of Object.entries(columns)) {
    if (value !== undefined) Object.assign(set, { [name]: value })
  }
  return set
}

/** Those of the columns that say something else than the row. */
export function differing(
  before: StoredTicket,
  columns: Partial<EditableColumns>,
): Partial<EditableColumns> {
  const names = Object.keys(columns).filter((name): name is keyof EditableColumns => name in before)
  const changed: Partial<EditableColumns> = {}
  for (const name of names) {
    if (columns[name] !== before[name]) Object.assign(changed, { [name]: columns[name] })
  }
  return changed
}

const FIELD_OF: Readonly<Record<Exclude<keyof EditableColumns, 'complainant'>, string>> = {
  description: 'description',
  kind: 'kind',
  priority: 'priority',
  category: 'category',
  service: 'service',
  area: 'area',
  area_class: 'areaClass',
  address: 'address',
  contact_name: 'contactName',
  contact_raw: 'contactNumber',
  contract_id: 'contractNo',
  customer_request: 'customerRequest',
}

/**
 * What an edit changed, for the timeline: the new value of each field, empty when it was emptied. Of a
 * number only the last digits, for everybody reads timelines.
 */
export function editedFields(
  changed: Partial<EditableColumns>,
  order: Pick<Order, 'complainant'>,
  contractNo: string | null,
): Record<string, string> {
  const { complainant: _asked, ...plain } = changed
  const shown = { ...plain, ...('contract_id' in plain ? { contract_id: contractNo } : {}) }
  const fields: Record<string, string> = {}
  for (const [column, name] of Object.entries(FIELD_OF)) {
    if (!(column in shown)) continue
    const value = Object.entries(shown).find(([one]) => one === column)?.[1] ?? ''
    fields[name] = column === 'contact_raw' ? maskedNumber(value) : value
  }
  if (!('complainant' in changed)) return fields
  const { relation = '', name = '', paper = '' } = order.complainant ?? {}
  return { ...fields, complainant: relation, complainantName: name, paper }
}

/** The last three digits, as in "…678". */
export function maskedNumber(raw: string): string {
  const digits = raw.replaceAll(/\D/g, '')
  return digits === '' ? '' : `…${digits.slice(-3)}`
}

/** A representative counts with the paper that was seen (`process.md` §6 reading 14). */
export function complainantFault(asked: TicketDetails['complainant']): FieldError | null {
  if (asked?.relation !== 'representative' || asked.paper !== '') return null
  return {
    path: 'complainant.paper',
    message: 'a representative needs the paper that was seen, for example GUQ 12/2026 or CCCD 001…',
    code: 'paper_missing',
  }
}
