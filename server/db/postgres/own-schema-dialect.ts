import {
  type DatabaseIntrospector,
  type DatabaseMetadataOptions,
  type Kysely,
  PostgresDialect,
  PostgresIntrospector,
  sql,
  type TableMetadata,
} from 'kysely'

/** PostgreSQL seen through one schema, the first of the search path: ours. */
export class OwnSchemaDialect extends PostgresDialect {
  // oxlint-disable-next-line typescript/no-explicit-any -- the signature of Kysely
  override createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new OwnSchemaIntrospector(db)
  }
}

/**
 * Kysely's asks about every column of every schema, for the migrator that wants to know whether its
 * own table is there, and fails when somebody drops another schema meanwhile.
 */
class OwnSchemaIntrospector extends PostgresIntrospector {
  readonly #db: Kysely<unknown>

  constructor(db: Kysely<unknown>) {
    super(db)
    this.#db = db
  }

  /** The migrator's question is answered for our schema, without columns; any other is Kysely's. */
  override async getTables(options?: DatabaseMetadataOptions): Promise<TableMetadata[]> {
    if (options?.withInternalKyselyTables !== true) return super.getTables(options)
    const { rows } = await sql<{ name: string; schema: string; type: string }>`
      select table_name as name, table_schema as schema, table_type as type
      from information_schema.tables where table_schema = current_schema()`.execute(this.#db)
    return rows.map(({ name, schema, type }) => ({
      name,
      schema,
      isView: type === 'VIEW',
      isForeign: type === 'FOREIGN',
      columns: [],
    }))
  }
}
