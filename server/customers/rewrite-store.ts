import type { Selectable } from 'kysely'
import type { PhoneChoiceTable } from '../db/customer-tables.ts'
import type { Db } from '../db/schema.ts'

type Choice = Selectable<PhoneChoiceTable>

const MOST_CHOICES = 5000

export async function rekeyPhone(db: Db, id: string, key: string): Promise<void> {
  await db.updateTable('customer_phone').set({ phone_key: key }).where('id', '=', id).execute()
}

export async function removePhone(db: Db, id: string): Promise<void> {
  await db.deleteFrom('customer_phone').where('id', '=', id).execute()
}

export async function selectChoices(db: Db, customerIds: readonly string[]): Promise<Choice[]> {
  if (customerIds.length === 0) return []
  return db
    .selectFrom('phone_choice')
    .selectAll()
    .where('customer_id', 'in', [...customerIds])
    .orderBy('phone_key')
    .limit(MOST_CHOICES)
    .execute()
}

/** Remembers the pick by another key, or forgets it when that key is null or has a pick. */
export async function moveChoice(db: Db, choice: Choice, key: string | null): Promise<void> {
  await db.deleteFrom('phone_choice').where('phone_key', '=', choice.phone_key).execute()
  if (key === null) return
  await db
    .insertInto('phone_choice')
    .values({ ...choice, phone_key: key })
    .onConflict((conflict) => conflict.column('phone_key').doNothing())
    .execute()
}
