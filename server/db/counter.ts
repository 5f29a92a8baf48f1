import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'

const takeNext = prepared((db, params: { name: string }) =>
  db
    .insertInto('counter')
    .values({ name: params.name, value: 1 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ value: eb('counter.value', '+', 1) })),
    )
    .returning('value'),
)

/**
 * The next running number of `name`, from 1 on without a gap. The row stays locked until the
 * transaction ends, so others wait for their number and a rollback takes it back.
 */
export async function takeNumber(db: Db, name: string): Promise<number> {
  const { rows } = await takeNext(db, { name })
  const [row] = rows
  if (!row) throw new Error(`the counter ${name} gave no number`)
  return row.value
}

/** Gives the number just taken in this transaction back, because nothing came to bear it. */
export async function giveNumberBack(db: Db, name: string): Promise<void> {
  await db
    .updateTable('counter')
    .set((eb) => ({ value: eb('value', '-', 1) }))
    .where('name', '=', name)
    .execute()
}
