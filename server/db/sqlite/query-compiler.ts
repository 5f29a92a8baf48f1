import { type LimitNode, SqliteQueryCompiler, ValueNode } from 'kysely'

/**
 * SQL whose plan does not look at what is bound. SQLite's planner does at `= ?` of a join and at
 * `limit ?`, and then plans the statement anew whenever something is bound, which costs ten times what
 * it takes to run it. So values stand behind a plus, which is no work, and limits stand in the text.
 */
export class StablePlanCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }

  protected override visitLimit(node: LimitNode): void {
    const { limit } = node
    if (ValueNode.is(limit) && Number.isSafeInteger(limit.value)) {
      this.append(`limit ${String(limit.value)}`)
    } else super.visitLimit(node)
  }
}
