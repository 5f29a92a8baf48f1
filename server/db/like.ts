import { type Expression, sql, type SqlBool } from 'kysely'

/** `column like pattern` with `\` before a wildcard that stands for itself, the same on both databases. */
export function likeEscaped(column: Expression<string>, pattern: string): Expression<SqlBool> {
  return sql<SqlBool>`${column} like ${pattern} escape '\\'`
}
