import type { Kysely } from 'kysely'
import { addColumns } from '../add-columns.ts'

/** Until when an agent rests after a call who asked for more time than the queue gives. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'agent_state', [{ name: 'wrap_up_until', type: 'text' }])
}
