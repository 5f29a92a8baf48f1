import type { Instant } from '#contract/primitives.ts'
import { refsOf } from '../../db/refs-of.ts'
import type { Db } from '../../db/schema.ts'
import { CONTRACT_PARTS } from '../customer-store.ts'

/**
 * Makes customers of what was staged: a statement per table, so call it in a long transaction, behind
 * which calls wait: no look-ups before it. Answers how many known customers and how many contracts were
 * written: customers that somebody changed meanwhile and contracts that are another's by now are not. A
 * code that another has by now breaks its unique rule.
 */
export async function switchIn(
  db: Db,
  importId: string,
  now: Instant,
): Promise<{ updated: number; contracts: number }> {
  const updated = await updateCustomers(db, importId, now)
  await createCustomers(db, importId, now)
  await writePhones(db, importId)
  return { updated, contracts: await writeContracts(db, importId) }
}

const WORDS = ['name', 'kind', 'email', 'address', 'note', 'holder_name', 'holder_paper'] as const

async function createCustomers(db: Db, importId: string, now: Instant): Promise<void> {
  await db
    .insertInto('customer')
    .columns(['id', 'code', ...WORDS, 'version', 'created_at', 'updated_at'])
    .expression((eb) =>
      eb
        .selectFrom('import_row')
        .select(['customer_id', 'code', ...WORDS])
        .select([
          eb.lit(1).as('version'),
          eb.cast<string>(eb.val(now), 'text').as('created_at'),
          eb.cast<string>(eb.val(now), 'text').as('updated_at'),
        ])
        .where('import_id', '=', importId)
        .where('change', '=', 'create')
        .orderBy('line'),
    )
    .execute()
}

async function updateCustomers(db: Db, importId: string, now: Instant): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('customer')
    .from('import_row as staged')
    .set((eb) => ({
      ...refsOf('staged', WORDS),
      version: eb('customer.version', '+', 1),
      updated_at: now,
    }))
    .whereRef('customer.id', '=', 'staged.customer_id')
    .whereRef('customer.version', '=', 'staged.base_version')
    .where('staged.import_id', '=', importId)
    .where('staged.change', '=', 'update')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

const PHONE = ['id', 'customer_id', 'phone_key', 'raw', 'label'] as const

async function writePhones(db: Db, importId: string): Promise<void> {
  await db
    .insertInto('customer_phone')
    .columns([...PHONE])
    .expression((eb) =>
      eb
        .selectFrom('import_phone')
        .select([...PHONE])
        .where('import_id', '=', importId)
        .orderBy('id'),
    )
    .onConflict((conflict) =>
      conflict.columns(['customer_id', 'phone_key']).doUpdateSet(refsOf('excluded', ['label'])),
    )
    .execute()
}

const CONTRACT = ['id', 'customer_id', 'contract_no', ...CONTRACT_PARTS] as const

async function writeContracts(db: Db, importId: string): Promise<number> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('contract')
    .columns([...CONTRACT])
    .expression((eb) =>
      eb
        .selectFrom('import_contract')
        .select([...CONTRACT])
        .where('import_id', '=', importId)
        .orderBy('id'),
    )
    .onConflict((conflict) =>
      conflict
        .column('contract_no')
        .doUpdateSet(refsOf('excluded', CONTRACT_PARTS))
        .whereRef('contract.customer_id', '=', 'excluded.customer_id'),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows)
}
