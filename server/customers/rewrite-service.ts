import { cleanText } from '#contract/text.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Db } from '../db/schema.ts'
import { storedKey } from './customer-record.ts'
import type { CustomerPhoneRow, CustomerRow } from './customer-store.ts'
import { selectPhones } from './customer-store.ts'
import { rewriteRow, selectRowsAfter } from '../schedule/rewrite-store.ts'
import * as store from './rewrite-store.ts'

type ReadNumber = (raw: string) => PhoneNumber

const CUSTOMERS_PER_STEP = 200

/**
 * Writes customers of earlier releases as they would be written today: the right letters, the keys of
 * their numbers. Answers the last id, null when there were no more.
 */
export async function rewriteCustomers(
  db: Db,
  afterId: string,
  readNumber: ReadNumber,
): Promise<string | null> {
  const customers = await selectRowsAfter(db, 'customer', afterId, CUSTOMERS_PER_STEP)
  const ids = customers.map(({ id }) => id)
  const phones = Map.groupBy(await selectPhones(db, ids), (row) => row.customer_id)
  for (const customer of customers) {
    // oxlint-disable-next-line no-await-in-loop -- few rows differ
    await rewriteCustomer(db, customer, phones.get(customer.id) ?? [], readNumber)
  }
  await rewriteChoices(db, ids, readNumber)
  return customers.length < CUSTOMERS_PER_STEP ? null : (ids.at(-1) ?? null)
}

async function rewriteCustomer(
  db: Db,
  customer: CustomerRow,
  phones: readonly CustomerPhoneRow[],
  readNumber: ReadNumber,
): Promise<void> {
  const numbers = phones.map((phone) => readNumber(phone.raw))
  const texts = {
    name: cleanText(customer.name),
    address: cleanText(customer.address),
    note: cleanText(customer.note),
  }
  await rewriteRow(db, 'customer', customer, texts)
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
