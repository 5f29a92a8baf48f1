import type { TicketContract } from '../customers/only-contract.ts'
import type { StoredTicket } from './ticket-record.ts'

/** What a ticket has from its contract, or from people who said otherwise. */
export type ContractColumns = Pick<StoredTicket, 'contract_id' | 'address' | 'area_class'>

export const NO_CONTRACT: ContractColumns = { contract_id: null, address: null, area_class: null }

/**
 * The columns once `to` is the contract in place of `from`: what the one had brought goes with it,
 * what the other brings fills only what nobody has said.
 */
export function contractAfter(
  before: ContractColumns,
  from: TicketContract | null,
  to: TicketContract | null,
): ContractColumns {
  const own = {
    address: before.address === from?.installationAddress ? null : before.address,
    area_class: before.area_class === from?.areaClass ? null : before.area_class,
  }
  return {
    contract_id: to?.id ?? null,
    address: own.address ?? (to?.installationAddress || null),
    area_class: own.area_class ?? to?.areaClass ?? null,
  }
}
