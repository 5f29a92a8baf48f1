import type { PhoneNumber } from '#contract/customers.ts'
import type { TicketDetails } from '#contract/tickets.ts'
import {
  cleanNumberText,
  customerNumberFault,
  faultMessage,
} from '../../customers/customer-number.ts'
import type { Db } from '../../db/schema.ts'
import { InvalidInput, unprocessable } from '../../errors.ts'
import { type OwnedContract, selectContract } from '../contract-store.ts'
import { contractAfter } from '../ticket-contract.ts'
import { complainantFault, type EditableColumns, orderedColumns } from '../ticket-edit.ts'
import type { StoredTicket } from '../ticket-record.ts'

/** What an order says of the matter, checked. */
export interface CheckedDetails {
  columns: Partial<EditableColumns>
  /** Of the contract that was chosen. */
  contractNo: string | null
}

type Order = Parameters<typeof orderedColumns>[0]
type Known = Pick<StoredTicket, 'address' | 'area_class' | 'contract_id' | 'customer_id'>

export type DetailsService = ReturnType<typeof createDetailsService>

/** What people write about a ticket's matter: contact, contract, complainant. */
export function createDetailsService(deps: {
  describeNumber: (raw: string | null) => PhoneNumber
}) {
  /**
   * The order in columns, with what a contract adds or takes away. Throws InvalidInput (422) for a number that
   * nobody can be called at, another customer's contract and a representative without paper.
   */
  async function check(db: Db, order: Order, known: Known): Promise<CheckedDetails> {
    const fault = complainantFault(order.complainant)
    if (fault !== null) throw new InvalidInput(fault.message, [fault], 422)
    const { contactNumber } = order
    const named = orderedColumns({ ...order, contactNumber: readContact(contactNumber) })
    const { contractId } = order
    if (contractId === undefined) return { columns: named, contractNo: null }
    const from = known.contract_id === null ? null : await selectContract(db, known.contract_id)
    const to = contractId === null ? null : await requireContract(db, contractId, known.customer_id)
    return {
      columns: { ...contractAfter(known, from, to), ...named },
      contractNo: to?.contractNo ?? null,
    }
  }

  function readContact(given: TicketDetails['contactNumber']): string | null | undefined {
    if (given === undefined || given === null || given === '') return given
    const text = cleanNumberText(given)
    const code = customerNumberFault(text, deps.describeNumber(text))
    if (code === null) return text
    throw unprocessable('contactNumber', faultMessage(given, code), code)
  }

  return { check }
}

async function requireContract(
  db: Db,
  id: string,
  customerId: string | null,
): Promise<OwnedContract> {
  const contract = await selectContract(db, id)
  if (!contract)
    throw unprocessable('contractId', `there is no contract "${id}"`, 'contract_unknown')
  if (contract.customerId === customerId) return contract
  const message = `the contract ${contract.contractNo} is not of this ticket's customer: choose its customer first`
  throw unprocessable('contractId', message, 'contract_of_other')
}
