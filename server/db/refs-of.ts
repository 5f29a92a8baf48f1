import { type RawBuilder, sql } from 'kysely'

/** For `set`: each of these columns as that row has it (`excluded`: the one that met a conflict). */
export function refsOf<C extends string>(
  row: string,
  columns: readonly C[],
): Record<C, RawBuilder<never>> {
  const refs = columns.map((column) => [column, sql.ref(`${row}.${column}`)])
  // oxlint-disable-next-line no-unsafe-type-assertion -- `Object.fromEntries` has forgotten its keys
  return Object.fromEntries(refs) as Record<C, RawBuilder<never>>
}
