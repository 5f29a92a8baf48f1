import { type Kysely, sql, SqliteAdapter } from 'kysely'
import { type AddedColumn, addColumns } from './add-columns.ts'

const TICKET_COLUMNS: AddedColumn[] = [
  { name: 'loop_no', type: 'integer', default: 1 },
  { name: 'status_since', type: 'text' },
  { name: 'return_status', type: 'text' },
  { name: 'return_assignee_id', type: 'text' },
  { name: 'reception_id', type: 'text' },
  { name: 'open_question', type: 'text' },
  { name: 'category', type: 'text' },
  { name: 'service', type: 'text' },
  { name: 'area', type: 'text' },
  { name: 'area_class', type: 'text' },
  { name: 'address', type: 'text' },
  { name: 'contact_name', type: 'text' },
  { name: 'contact_raw', type: 'text' },
  { name: 'contract_id', type: 'text' },
  { name: 'complainant', type: 'text' },
  { name: 'customer_request', type: 'text' },
  { name: 'cause_code', type: 'text' },
  { name: 'resolution_code', type: 'text' },
  { name: 'resolution', type: 'text' },
  { name: 'result_known_at', type: 'text' },
  { name: 'reply_channel', type: 'text' },
  { name: 'without_confirmation', type: 'integer', default: 0 },
  { name: 'subject_by_person', type: 'integer', default: 0 },
  { name: 'team_id', type: 'text' },
  { name: 'visit_at', type: 'text' },
  { name: 'visit_stage', type: 'text' },
  { name: 'restored_at', type: 'text' },
  { name: 'closed_at', type: 'text' },
  { name: 'parent_outage_id', type: 'text' },
  { name: 'past_outage_id', type: 'text' },
  { name: 'is_outage', type: 'integer', default: 0 },
  { name: 'merged_into', type: 'text' },
]

/**
 * What the complaint process keeps: on the ticket, and beside it clocks, checklists, evidence of
 * answers, teams, notifications, merges and area outages. Tickets opened before go on: their subject
 * counts as a person's when there is one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'ticket', TICKET_COLUMNS)
  await addColumns(db, 'staff', [{ name: 'mobile', type: 'text' }])
  await sql`update ticket set subject_by_person = 1 where subject <> ''`.execute(db)
  await indexTickets(db)
  await createClocks(db)
  await createGuidance(db)
  await createEvidence(db)
  await createTeams(db)
  await createNotifications(db)
  await createMerges(db)
  await createOutages(db)
}

/** Both are null on nearly every ticket: partial, so that an opened ticket writes none of them. */
async function indexTickets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('ticket_of_outage')
    .ifNotExists()
    .on('ticket')
    .columns(['parent_outage_id', 'id'])
    .where('parent_outage_id', 'is not', null)
    .execute()
  await db.schema
    .createIndex('ticket_merged')
    .ifNotExists()
    .on('ticket')
    .columns(['merged_into', 'id'])
    .where('merged_into', 'is not', null)
    .execute()
}

/**
 * Every ticket that is opened writes three of these. On SQLite the key is the table itself, which is
 * one tree of pages less (as the timelines, 007).
 */
async function createClocks(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  await sql`create table if not exists ticket_clock (
    id text not null primary key,
    ticket_id text not null references ticket (id),
    kind text not null,
    loop_no integer not null,
    started_at text not null,
    length_ms integer,
    working_days integer,
    due_at text,
    pauses text not null,
    stopped_at text,
    stop_reason text,
    frozen text,
    alarm text,
    alarm_at text,
    due_owner text,
    due_lease_until text,
    due_fence integer default 0 not null,
    due_tries integer default 0 not null,
    due_error text,
    due_retry_at text
  ) ${isSqlite ? sql`without rowid` : sql``}`.execute(db)
  await index(db, 'ticket_clock_ticket', 'ticket_clock', ['ticket_id', 'kind'])
  await db.schema
    .createIndex('ticket_clock_alarm')
    .ifNotExists()
    .on('ticket_clock')
    .columns(['alarm_at', 'id'])
    .where('alarm_at', 'is not', null)
    .execute()
}

async function createGuidance(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('checklist_version')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('category', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('published_at', 'text')
    .addUniqueConstraint('checklist_version_once', ['category', 'number'])
    .execute()
  await db.schema
    .createTable('checklist_answer')
    .ifNotExists()
    .addColumn('ticket_id', 'text', (c) => c.primaryKey().references('ticket.id'))
    .addColumn('common_version_id', 'text', (c) => c.notNull().references('checklist_version.id'))
    .addColumn('version_id', 'text', (c) => c.references('checklist_version.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('steps', 'text', (c) => c.notNull())
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('result', 'text')
    .addColumn('updated_by', 'text')
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
}

async function createEvidence(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reply_evidence')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('ticket_id', 'text', (c) => c.notNull().references('ticket.id'))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('loop_no', 'integer', (c) => c.notNull())
    .addColumn('staff_id', 'text')
    .addUniqueConstraint('reply_evidence_once', ['ticket_id', 'kind', 'reference'])
    .execute()
}

async function createTeams(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('team')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('areas', 'text', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('team_member')
    .ifNotExists()
    .addColumn('team_id', 'text', (c) => c.notNull().references('team.id'))
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('is_lead', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('team_member_once', ['team_id', 'staff_id'])
    .execute()
  await index(db, 'team_member_staff', 'team_member', ['staff_id'])
}

async function createNotifications(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notification')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('once_key', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('ticket_id', 'text')
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('read_at', 'text')
    .addUniqueConstraint('notification_once', ['staff_id', 'once_key'])
    .execute()
  await db.schema
    .createIndex('notification_unread')
    .ifNotExists()
    .on('notification')
    .columns(['staff_id', 'at', 'id'])
    .where(sql.ref('read_at'), 'is', null)
    .execute()
}

async function createMerges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ticket_merge')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('source_id', 'text', (c) => c.notNull().references('ticket.id'))
    .addColumn('target_id', 'text', (c) => c.notNull().references('ticket.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text')
    .addColumn('before', 'text', (c) => c.notNull())
    .addColumn('undone_at', 'text')
    .addColumn('undone_by', 'text')
    .execute()
  await index(db, 'ticket_merge_source', 'ticket_merge', ['source_id'])
  await index(db, 'ticket_merge_target', 'ticket_merge', ['target_id'])
  await db.schema
    .createTable('ticket_call')
    .ifNotExists()
    .addColumn('call_id', 'text', (c) => c.notNull().references('call.id'))
    .addColumn('ticket_id', 'text', (c) => c.notNull().references('ticket.id'))
    .addColumn('moved_from', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text')
    .addColumn('merge_id', 'text')
    .addPrimaryKeyConstraint('ticket_call_once', ['call_id', 'at', 'ticket_id'])
    .execute()
  await index(db, 'ticket_call_ticket', 'ticket_call', ['ticket_id'])
}

async function createOutages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outage')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('ticket_id', 'text', (c) => c.unique().references('ticket.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('area', 'text')
    .addColumn('service', 'text')
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('expected_until', 'text')
    .addColumn('callbacks_per_minute', 'integer', (c) => c.notNull())
    .addColumn('callers', 'integer', (c) => c.notNull())
    .addColumn('once_key', 'text', (c) => c.unique())
    .addColumn('offered_at', 'text')
    .addColumn('opened_at', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('cancelled', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('next_callback_at', 'text')
    .addColumn('released_at', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await index(db, 'outage_status', 'outage', ['status', 'released_at', 'ended_at'])
}

async function index(
  db: Kysely<unknown>,
  name: string,
  table: string,
  columns: string[],
): Promise<void> {
  await db.schema.createIndex(name).ifNotExists().on(table).columns(columns).execute()
}
