import { type Kysely, sql } from 'kysely'
import { addColumns } from './add-columns.ts'

/**
 * Holders, representatives, services and states of contracts; what a customer import has staged
 * before it is switched in; and an index by which a customer's calls without a ticket are found.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'customer', [
    { name: 'holder_name', type: 'text' },
    { name: 'holder_paper', type: 'text' },
  ])
  await addColumns(db, 'contract', [
    { name: 'status', type: 'text' },
    { name: 'services', type: 'text' },
    { name: 'area', type: 'text' },
  ])
  await sql`update contract set status = case suspended when 1 then 'suspended' else 'active' end
    where status is null`.execute(db)
  await createRepresentatives(db)
  await createImports(db)
  await createStagedCustomers(db)
  await createStagedParts(db)
  // An answered call has its ticket before it ends, so it writes no page of this.
  await db.schema
    .createIndex('call_without_ticket')
    .ifNotExists()
    .on('call')
    .columns(['caller_key', 'entered_at', 'id'])
    .where(sql.ref('ticket_id'), 'is', null)
    .where(sql.ref('ended_at'), 'is not', null)
    .execute()
}

async function createRepresentatives(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('customer_representative')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('customer_id', 'text', (c) => c.notNull().references('customer.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('number_raw', 'text')
    .addColumn('paper', 'text', (c) => c.notNull())
    .addColumn('valid_until', 'text')
    .execute()
  await db.schema
    .createIndex('customer_representative_customer')
    .ifNotExists()
    .on('customer_representative')
    .column('customer_id')
    .execute()
}

async function createImports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('customer_import')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('dry_run', 'integer', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('lines', 'integer', (c) => c.notNull())
    .addColumn('created', 'integer', (c) => c.notNull())
    .addColumn('updated', 'integer', (c) => c.notNull())
    .addColumn('unchanged', 'integer', (c) => c.notNull())
    .addColumn('fault_count', 'integer', (c) => c.notNull())
    .addColumn('faults', 'text', (c) => c.notNull())
    .execute()
}

async function createStagedCustomers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('import_row')
    .ifNotExists()
    .addColumn('import_id', 'text', (c) => c.notNull())
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('change', 'text', (c) => c.notNull())
    .addColumn('base_version', 'integer', (c) => c.notNull())
    .addColumn('customer_id', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('holder_name', 'text')
    .addColumn('holder_paper', 'text')
    .addColumn('search_text', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('import_row_once', ['import_id', 'line'])
    .execute()
}

async function createStagedParts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('import_phone')
    .ifNotExists()
    .addColumn('import_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('customer_id', 'text', (c) => c.notNull())
    .addColumn('phone_key', 'text', (c) => c.notNull())
    .addColumn('raw', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('import_phone_once', ['import_id', 'id'])
    .execute()
  await db.schema
    .createTable('import_contract')
    .ifNotExists()
    .addColumn('import_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('customer_id', 'text', (c) => c.notNull())
    .addColumn('contract_no', 'text', (c) => c.notNull())
    .addColumn('service_plan', 'text', (c) => c.notNull())
    .addColumn('installation_address', 'text', (c) => c.notNull())
    .addColumn('area_class', 'text', (c) => c.notNull())
    .addColumn('circuit_id', 'text')
    .addColumn('suspended', 'integer', (c) => c.notNull())
    .addColumn('status', 'text')
    .addColumn('services', 'text')
    .addColumn('area', 'text')
    .addPrimaryKeyConstraint('import_contract_once', ['import_id', 'id'])
    .execute()
}
