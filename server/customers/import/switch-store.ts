import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'

/**
 * Whether anything that was staged was changed by somebody since: a customer with another version, a
 * code or a contract that meanwhile belongs to another.
 */
export async function isStale(db: Db, importId: string): Promise<boolean> {
  const found = [
    await db
      .selectFrom('import_row as staged')
      .leftJoin('customer', 'customer.id', 'staged.customer_id')
      .select('staged.line')
      .where('staged.import_id', '=', importId)
      .where('staged.change', '=', 'update')
      .where((eb) =>
        eb.or([
          eb('customer.id', 'is', null),
          eb('customer.version', '<>', eb.ref('staged.base_version')),
        ]),
      )
      .limit(1)
      .executeTakeFirst(),
    await db
      .selectFrom('import_row as staged')
      .innerJoin('customer', 'customer.code', 'staged.code')
      .select('staged.line')
      .where('staged.import_id', '=', importId)
      .where('staged.change', '=', 'create')
      .limit(1)
      .executeTakeFirst(),
    await db
      .selectFrom('import_contract as staged')
      .innerJoin('contract', 'contract.contract_no', 'staged.contract_no')
      .select('staged.id')
      .where('staged.import_id', '=', importId)
      .whereRef('contract.customer_id', '<>', 'staged.customer_id')
      .limit(1)
      .executeTakeFirst(),
  ]
  return found.some((row) => row !== undefined)
}

/** Makes customers of what was staged: a statement per table, so call it in a long transaction. */
export async function switchIn(db: Db, importId: string, now: Instant): Promise<void> {
  await createCustomers(db, importId, now)
  await updateCustomers(db, importId, now)
  await writePhones(db, importId)
  await writeContracts(db, importId)
}

const WORDS = [
  'code',
  'name',
  'kind',
  'email',
  'address',
  'note',
  'holder_name',
  'holder_paper',
  'search_text',
] as const

async function createCustomers(db: Db, importId: string, now: Instant): Promise<void> {
  await db
    .insertInto('customer')
    .columns(['id', ...WORDS, 'version', 'created_at', 'updated_at'])
    .expression((eb) =>
      eb
        .selectFrom('import_row')
        .select(['customer_id', ...WORDS])
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

async function updateCustomers(db: Db, importId: string, now: Instant): Promise<void> {
  await db
    .updateTable('customer')
    .from('import_row as staged')
    .set((eb) => ({
      name: eb.ref('staged.name'),
      kind: eb.ref('staged.kind'),
      email: eb.ref('staged.email'),
      address: eb.ref('staged.address'),
      note: eb.ref('staged.note'),
      holder_name: eb.ref('staged.holder_name'),
      holder_paper: eb.ref('staged.holder_paper'),
      search_text: eb.ref('staged.search_text'),
      version: eb('customer.version', '+', 1),
      updated_at: now,
    }))
    .whereRef('customer.id', '=', 'staged.customer_id')
    .where('staged.import_id', '=', importId)
    .where('staged.change', '=', 'update')
    .execute()
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
      conflict
        .columns(['customer_id', 'phone_key'])
        .doUpdateSet((eb) => ({ label: eb.ref('excluded.label') })),
    )
    .execute()
}

const CONTRACT = [
  'id',
  'customer_id',
  'contract_no',
  'service_plan',
  'services',
  'status',
  'suspended',
  'installation_address',
  'area',
  'area_class',
  'circuit_id',
] as const

async function writeContracts(db: Db, importId: string): Promise<void> {
  await db
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
      conflict.column('contract_no').doUpdateSet((eb) => ({
        service_plan: eb.ref('excluded.service_plan'),
        services: eb.ref('excluded.services'),
        status: eb.ref('excluded.status'),
        suspended: eb.ref('excluded.suspended'),
        installation_address: eb.ref('excluded.installation_address'),
        area: eb.ref('excluded.area'),
        area_class: eb.ref('excluded.area_class'),
        circuit_id: eb.ref('excluded.circuit_id'),
      })),
    )
    .execute()
}
