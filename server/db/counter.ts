import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'

const takeNext = prepared((db, params: { name: string; count: number }) =>
  db
    .insertInto('counter')
    .values({ name: params.name, value: params.count })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({
        value: eb('counter.value', '+', eb.ref('excluded.value')),
      })),
    )
    .returning('value'),
)

/**
 * The next `count` running numbers of `name`, from 1 on without a gap; answers the first of them. The
 * row stays locked until the transaction ends, so others wait for theirs and a rollback takes them
 * back.
 */
export async function takeNumbers(db: Db, name: string, count: number): Promise<number> {
  const { rows } = await takeNext(db, { name, count })
  const [row] = rows
  if (!row) throw new Error(`the counter ${name} gave no number`)
  return row.value - count + 1
}

/** The next running number of `name`; as `takeNumbers` for one. */
export function takeNumber(db: Db, name: string): Promise<number> {
  return takeNumbers(db, name, 1)
}

/** Goes on behind `least`, unless the counter is there already: numbers that came from elsewhere. */
export async function passNumber(db: Db, name: string, least: number): Promise<void> {
  await db
    .insertInto('counter')
    .values({ name, value: least })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({ value: eb.ref('excluded.value') }))
        .whereRef('counter.value', '<', 'excluded.value'),
    )
    .execute()
}

/** Gives the one number just taken in this transaction back, because nothing came to bear it. */
export async function giveNumberBack(db: Db, name: string): Promise<void> {
  await db
    .updateTable('counter')
    .set((eb) => ({ value: eb('value', '-', 1) }))
    .where('name', '=', name)
    .execute()
}
