import { type Target, targetFigure } from '#contract/supervision/targets.ts'
import type { Db } from '../../db/schema.ts'

/** Of all figures; a handful are set a year. */
const MOST_TARGETS = 500

/** What was set, each figure's in the order of their days. */
export async function listTargets(db: Db): Promise<Target[]> {
  const rows = await db
    .selectFrom('figure_target')
    .innerJoin('staff', 'staff.id', 'figure_target.set_by')
    .select(['figure', 'valid_from', 'value', 'set_at', 'staff.id', 'staff.display_name'])
    .orderBy('figure')
    .orderBy('valid_from')
    .limit(MOST_TARGETS)
    .execute()
  return rows.map((row) => ({
    figure: targetFigure.parse(row.figure),
    value: row.value,
    from: row.valid_from,
    setBy: { id: row.id, displayName: row.display_name },
    setAt: row.set_at,
  }))
}

/** The target of that figure from that day on; one that was set for the same day goes. */
export async function saveTarget(
  db: Db,
  {
    figure,
    from,
    value,
    setBy,
    setAt,
  }: Pick<Target, 'figure' | 'value'> & {
    from: string
    setBy: string
    setAt: string
  },
): Promise<void> {
  await db
    .insertInto('figure_target')
    .values({ figure, valid_from: from, value, set_by: setBy, set_at: setAt })
    .onConflict((conflict) =>
      conflict.columns(['figure', 'valid_from']).doUpdateSet((eb) => ({
        value: eb.ref('excluded.value'),
        set_by: eb.ref('excluded.set_by'),
        set_at: eb.ref('excluded.set_at'),
      })),
    )
    .execute()
}
