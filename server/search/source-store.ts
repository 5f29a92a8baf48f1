import { isPast } from '../db/page.ts'
import type { Db, Row } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'

/** A customer with what else it is found by. */
export interface CustomerRows {
  customer: Pick<Row<'customer'>, 'id' | 'code' | 'name' | 'email' | 'address' | 'holder_name'>
  contracts: Pick<
    Row<'contract'>,
    'customer_id' | 'contract_no' | 'installation_address' | 'circuit_id'
  >[]
  people: Pick<Row<'customer_representative'>, 'customer_id' | 'name' | 'number_raw'>[]
  phones: Pick<Row<'customer_phone'>, 'customer_id' | 'raw'>[]
}

export type TicketColumns = Pick<
  Row<'ticket'>,
  | 'id'
  | 'code'
  | 'subject'
  | 'status'
  | 'number_raw'
  | 'contact_raw'
  | 'contact_name'
  | 'area'
  | 'address'
  | 'customer_id'
  | 'merged_into'
>

/** In the order of their ids. */
export function selectTicketColumns(db: Db, ids: readonly string[]): Promise<TicketColumns[]> {
  return db
    .selectFrom('ticket')
    .select([
      'id',
      'code',
      'subject',
      'status',
      'number_raw',
      'contact_raw',
      'contact_name',
      'area',
      'address',
      'customer_id',
      'merged_into',
    ])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

export async function selectCustomerRows(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, CustomerRows>> {
  if (ids.length === 0) return new Map()
  const customers = await db
    .selectFrom('customer')
    .select(['id', 'code', 'name', 'email', 'address', 'holder_name'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
  const contracts = await db
    .selectFrom('contract')
    .select(['customer_id', 'contract_no', 'installation_address', 'circuit_id'])
    .where('customer_id', 'in', [...ids])
    .execute()
  const phones = await db
    .selectFrom('customer_phone')
    .select(['customer_id', 'raw'])
    .where('customer_id', 'in', [...ids])
    .execute()
  const people = await db
    .selectFrom('customer_representative')
    .select(['customer_id', 'name', 'number_raw'])
    .where('customer_id', 'in', [...ids])
    .execute()
  const peopleOf = Map.groupBy(people, (row) => row.customer_id)
  const contractsOf = Map.groupBy(contracts, (row) => row.customer_id)
  const phonesOf = Map.groupBy(phones, (row) => row.customer_id)
  return new Map(
    customers.map((customer) => [
      customer.id,
      {
        customer,
        contracts: contractsOf.get(customer.id) ?? [],
        people: peopleOf.get(customer.id) ?? [],
        phones: phonesOf.get(customer.id) ?? [],
      },
    ]),
  )
}

/** The codes of the tickets that were merged into each of these. */
export async function selectMergedCodes(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('ticket')
    .select(['code', 'merged_into'])
    .where('merged_into', 'in', [...ids])
    .execute()
  const found = Map.groupBy(rows, (row) => row.merged_into ?? '')
  return new Map([...found].map(([id, merged]) => [id, merged.map(({ code }) => code)]))
}

/** The ids before this one, the newest first; all when there is none before it. */
export async function selectIdsBefore(
  db: Db,
  table: 'ticket' | 'customer',
  before: string,
  limit: number,
): Promise<string[]> {
  let select = db.selectFrom(table).select('id').orderBy('id', 'desc').limit(limit)
  if (before !== '') select = select.where('id', '<', before)
  return (await select.execute()).map(({ id }) => id)
}

/** Which of these customers have a ticket. */
export async function selectWithTickets(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('customer')
    .select('id')
    .where('id', 'in', [...ids])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('ticket')
          .select('ticket.id')
          .whereRef('ticket.customer_id', '=', 'customer.id'),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/** Tickets of this customer, in the order of their receipt. */
export async function selectTicketsOfCustomer(
  db: Db,
  customerId: string,
  after: PageCursor | null,
  limit: number,
): Promise<{ id: string; received_at: string }[]> {
  let select = db
    .selectFrom('ticket')
    .select(['id', 'received_at'])
    .where('customer_id', '=', customerId)
    .orderBy('received_at')
    .orderBy('id')
    .limit(limit)
  if (after !== null) {
    select = select.where(isPast('asc', { at: 'received_at', id: 'id' }, after))
  }
  return select.execute()
}
