import { cleanText } from '#contract/text.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Db } from '../db/schema.ts'
import { customerSearchText, type SearchedContract, storedKey } from './customer-record.ts'
import type { CustomerPhoneRow, CustomerRow } from './customer-store.ts'
import { selectContracts, selectPhones, selectRepresentatives } from './customer-store.ts'
import { rewriteRow, selectRowsAfter } from '../schedule/rewrite-store.ts'
import * as store from './rewrite-store.ts'

type ReadNumber = (raw: string) => PhoneNumber

const CUSTOMERS_PER_STEP = 200

/**
 * Writes customers of earlier releases as they would be written today: the right letters, the keys of
 * their numbers, the text that search looks at. Answers the last id, null when there were no more.
 */
export async function rewriteCustomers(
  db: Db,
  afterId: string,
  readNumber: ReadNumber,
): Promise<string | null> {
  const customers = await selectRowsAfter(db, 'customer', afterId, CUSTOMERS_PER_STEP)
  const ids = customers.map(({ id }) => id)
  const phones = Map.groupBy(await selectPhones(db, ids), (row) => row.customer_id)
  const contracts = Map.groupBy(await selectContracts(db, ids), (row) => row.customer_id)
  const people = Map.groupBy(await selectRepresentatives(db, ids), (row) => row.customer_id)
  for (const customer of customers) {
    const own = {
      phones: phones.get(customer.id) ?? [],
      contracts: (contracts.get(customer.id) ?? []).map((row) => {
        return { contractNo: row.contract_no, circuitId: row.circuit_id }
      }),
      people: [customer.holder_name ?? '', ...(people.get(customer.id) ?? []).map(nameOf)],
    }
    // oxlint-disable-next-line no-await-in-loop -- few rows differ
    await rewriteCustomer(db, customer, own, readNumber)
  }
  await rewriteChoices(db, ids, readNumber)
  return customers.length < CUSTOMERS_PER_STEP ? null : (ids.at(-1) ?? null)
}

function nameOf({ name }: { name: string }): string {
  return name
}

async function rewriteCustomer(
  db: Db,
  customer: CustomerRow,
  own: { phones: CustomerPhoneRow[]; contracts: SearchedContract[]; people: string[] },
  readNumber: ReadNumber,
): Promise<void> {
  const { phones, contracts, people } = own
  const numbers = phones.map((phone) => readNumber(phone.raw))
  const texts = {
    name: cleanText(customer.name),
    address: cleanText(customer.address),
    note: cleanText(customer.note),
  }
  const { code, email } = customer
  const parts = { people, phones: numbers, contracts }
  const search = customerSearchText({ ...texts, ...parts, code, email })
  await rewriteRow(db, 'customer', customer, { ...texts, search_text: search })
  await rewritePhones(db, phones, numbers)
}

/** A number that now reads as another of the same customer goes: each number stands once. */
async function rewritePhones(
  db: Db,
  phones: readonly CustomerPhoneRow[],
  numbers: readonly PhoneNumber[],
): Promise<void> {
  const read = phones.map((phone, index) => {
    const number = numbers[index]
    return { phone, key: number === undefined ? phone.phone_key : storedKey(number) }
  })
  const taken = new Set(read.flatMap(({ phone, key }) => (phone.phone_key === key ? [key] : [])))
  for (const { phone, key } of read.filter((one) => one.phone.phone_key !== one.key)) {
    // oxlint-disable-next-line no-await-in-loop
    await (taken.has(key) ? store.removePhone(db, phone.id) : store.rekeyPhone(db, phone.id, key))
    taken.add(key)
  }
}

/** A pick for what is no key any more is forgotten; a newer pick for the same number stays. */
async function rewriteChoices(
  db: Db,
  customerIds: readonly string[],
  readNumber: ReadNumber,
): Promise<void> {
  for (const choice of await store.selectChoices(db, customerIds)) {
    const { key } = readNumber(choice.phone_key)
    if (key === choice.phone_key) continue
    // oxlint-disable-next-line no-await-in-loop
    await store.moveChoice(db, choice, key)
  }
}
