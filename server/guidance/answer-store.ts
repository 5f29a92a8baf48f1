import { z } from 'zod'
import {
  type FieldValue,
  fieldValue,
  type GuidanceResult,
  stepAnswer,
} from '#contract/casework/guidance.ts'
import { instant } from '#contract/primitives.ts'
import type { Db, Row } from '../db/schema.ts'
import type { FieldValues, RecordedSteps } from './answers.ts'

/** The answers of one ticket, by the versions of the checklists that they answer. */
export interface Answers {
  ticketId: string
  commonVersionId: string
  versionId: string | null
  version: number
  steps: RecordedSteps
  fields: FieldValues
  result: GuidanceResult | null
  updatedBy: string | null
  updatedAt: string
}

const storedSteps = z.record(z.string(), stepAnswer.extend({ at: instant }))
const storedFields: z.ZodType<Record<string, FieldValue>> = z.record(z.string(), fieldValue)
const storedResult = z.enum(['ok', 'unknown', 'nok']).nullable()

export async function selectAnswers(db: Db, ticketId: string): Promise<Answers | null> {
  const row = await db
    .selectFrom('checklist_answer')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst()
  return row === undefined ? null : toAnswers(row)
}

export function toAnswers(row: Row<'checklist_answer'>): Answers {
  return {
    ticketId: row.ticket_id,
    commonVersionId: row.common_version_id,
    versionId: row.version_id,
    version: row.version,
    steps: storedSteps.parse(JSON.parse(row.steps)),
    fields: storedFields.parse(JSON.parse(row.fields)),
    result: storedResult.parse(row.result),
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  }
}

function toRow(answers: Answers): Row<'checklist_answer'> {
  return {
    ticket_id: answers.ticketId,
    common_version_id: answers.commonVersionId,
    version_id: answers.versionId,
    version: answers.version,
    steps: JSON.stringify(answers.steps),
    fields: JSON.stringify(answers.fields),
    result: answers.result,
    updated_by: answers.updatedBy,
    updated_at: answers.updatedAt,
  }
}

/** Stores the first answers of a ticket; leaves those that are there. */
export async function insertAnswers(db: Db, answers: Answers): Promise<void> {
  await db
    .insertInto('checklist_answer')
    .values(toRow(answers))
    .onConflict((conflict) => conflict.column('ticket_id').doNothing())
    .execute()
}

/** Writes the answers over those of the version before theirs; whether these were still there. */
export async function updateAnswers(db: Db, answers: Answers): Promise<boolean> {
  const { ticket_id: ticketId, ...columns } = toRow(answers)
  const written = await db
    .updateTable('checklist_answer')
    .set(columns)
    .where('ticket_id', '=', ticketId)
    .where('version', '=', answers.version - 1)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}

/** What guidance has to know of its ticket. */
export async function selectGuidedTicket(
  db: Db,
  ticketId: string,
): Promise<Pick<Row<'ticket'>, 'status' | 'merged_into'> | undefined> {
  return db
    .selectFrom('ticket')
    .select(['status', 'merged_into'])
    .where('id', '=', ticketId)
    .executeTakeFirst()
}
