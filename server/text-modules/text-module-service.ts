import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type {
  TextModule,
  TextModuleCreate,
  TextModuleList,
  TextModulePatch,
  TextModuleQuery,
} from '#contract/casework/text-modules.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import * as store from './text-module-store.ts'

export interface TextModuleDeps {
  database: Database
  clock: Clock
  newId: NewId
  /** Takes `text_module_changed`, in the transaction of the change. */
  state: StateFact
  staffById: (staffId: string) => { id: string; displayName: string } | null
}

/** Retired ones too: each is written by hand. */
const MOST_MODULES = 500

export type TextModuleService = ReturnType<typeof createTextModuleService>

/** Texts that everybody puts into long fields; supervisors and administrators write them. */
export function createTextModuleService(deps: TextModuleDeps) {
  const { database, clock, newId, state } = deps

  function toView(row: store.StoredModule): TextModule {
    const author = row.updated_by === null ? null : deps.staffById(row.updated_by)
    return {
      id: row.id,
      name: row.name,
      title: row.title,
      text: row.text,
      active: row.active === 1,
      version: row.version,
      updatedBy: author && { id: author.id, displayName: author.displayName },
      updatedAt: row.updated_at,
    }
  }

  async function list({ retired }: TextModuleQuery): Promise<TextModuleList> {
    const rows = await store.listModules(database.db, MOST_MODULES)
    return { items: rows.filter(({ active }) => retired === '1' || active === 1).map(toView) }
  }

  /** Throws InvalidInput (422) for a name that is taken, and when there are too many. */
  async function create(order: TextModuleCreate, user: SessionUser): Promise<TextModule> {
    const row = { ...order, id: newId(), active: 1, version: 1, ...signed(user) }
    await database.transaction(async (trx) => {
      const known = await store.listModules(trx.db, MOST_MODULES)
      if (known.length >= MOST_MODULES) {
        throw unprocessable('', `there are ${MOST_MODULES} text modules`, 'text_modules_full')
      }
      await refuseTaken(trx.db, row)
      if (!(await store.insertModule(trx.db, row))) throw taken(row.name)
      await announce(trx, row, user)
    })
    return toView(row)
  }

  /** Throws NotFound, Conflict when somebody was faster, InvalidInput (422) for a name that is taken. */
  async function patch(id: string, order: TextModulePatch, user: SessionUser): Promise<TextModule> {
    const row = await database.transaction(async (trx) => {
      const before = await store.selectModule(trx.db, id)
      if (!before) throw new NotFound('text module', id)
      if (before.version !== order.version) throw stale(before.version)
      const after = { ...changed(before, order), version: before.version + 1, ...signed(user) }
      await refuseTaken(trx.db, after)
      if (!(await store.updateModule(trx.db, after))) throw stale(after.version)
      await announce(trx, after, user)
      return after
    })
    return toView(row)
  }

  function signed(user: SessionUser): { updated_by: string; updated_at: Instant } {
    return { updated_by: user.id, updated_at: clock.now() }
  }

  function announce(trx: Trx, row: store.StoredModule, user: SessionUser): Promise<void> {
    const { name, title, text, active } = row
    const detail = { title, text, active: String(active === 1) }
    return state(trx, { type: 'text_module_changed', actorId: user.id, name, detail })
  }

  return { list, create, patch }
}

function changed(before: store.StoredModule, order: TextModulePatch): store.StoredModule {
  const { name = before.name, title = before.title, text = before.text, active } = order
  return { ...before, name, title, text, active: (active ?? before.active === 1) ? 1 : 0 }
}

async function refuseTaken(db: Db, { id, name }: store.StoredModule): Promise<void> {
  const other = await store.selectModuleByName(db, name)
  if (other && other.id !== id) throw taken(name)
}

function taken(name: string) {
  return unprocessable('name', `another text module has the name "${name}"`, 'text_module_taken')
}

function stale(version: number): Conflict {
  const detail = `the text module was changed meanwhile (version is ${version} now)`
  return new Conflict(detail, 'text_module_stale')
}
