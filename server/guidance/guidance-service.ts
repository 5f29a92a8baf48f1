import type {
  ChecklistContent,
  FieldValue,
  GuidanceContent,
  GuidanceResult,
  GuidanceSave,
  GuidanceView,
  StepAnswer,
  TicketCategory,
} from '#contract/casework/guidance.ts'
import { ticketCategory } from '#contract/casework/guidance.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { Conflict, InvalidInput, NotFound } from '../errors.ts'
import type { Answers } from './answer-store.ts'
import * as store from './answer-store.ts'
import * as answered from './answers.ts'
import { guidanceContentOf } from './checklist.ts'
import type { ChecklistDeps, ChecklistService, PublishedVersion } from './checklist-service.ts'
import type { AnswerCounts } from './guidance-line.ts'
import { refusalToAnswer } from './who-answers.ts'

export type GuidanceDeps = ChecklistDeps & {
  checklists: Pick<ChecklistService, 'current' | 'published'>
}

/** Answers as a client gives them; what is left out stays as it was. */
export interface GivenAnswers {
  steps?: Readonly<Record<string, StepAnswer>> | undefined
  fields?: Readonly<Record<string, FieldValue | null>> | undefined
  result: GuidanceResult | null
}

interface Guidance {
  answers: Answers
  common: PublishedVersion
  own: PublishedVersion | null
  content: GuidanceContent
}

export type GuidanceService = ReturnType<typeof createGuidanceService>

/** What was asked and answered on each ticket, by the versions its guidance was begun with. */
export function createGuidanceService(deps: GuidanceDeps) {
  const { database, clock, checklists, state } = deps

  async function find(db: Db, ticketId: string): Promise<Guidance | null> {
    const answers = await store.selectAnswers(db, ticketId)
    if (answers === null) return null
    const common = await checklists.published(db, answers.commonVersionId)
    const { versionId } = answers
    const own = versionId === null ? null : await checklists.published(db, versionId)
    return { answers, common, own, content: contentOf(common, own) }
  }

  /** Throws Conflict before the guidance has begun. */
  async function require(db: Db, ticketId: string): Promise<Guidance> {
    const guidance = await find(db, ticketId)
    if (guidance !== null) return guidance
    throw new Conflict('the guidance of this ticket has not begun')
  }

  /** Begins the guidance with the checklists in force; one that has begun goes on as it is. */
  async function begin(trx: Trx, ticketId: string, category: TicketCategory | null): Promise<void> {
    await store.insertAnswers(trx.db, {
      ticketId,
      commonVersionId: checklists.current('GEN').id,
      versionId: category === null ? null : checklists.current(category).id,
      version: 1,
      steps: {},
      fields: {},
      result: null,
      updatedBy: null,
      updatedAt: clock.now(),
    })
  }

  /**
   * Keeps answers, with `result` when the guidance is over; answers how many steps did what. Throws
   * Conflict before it has begun and InvalidInput (422) with the path of each answer that does not fit
   * the checklist.
   */
  async function saveAnswers(
    trx: Trx,
    ticketId: string,
    given: GivenAnswers,
    actorId: string,
  ): Promise<AnswerCounts> {
    return write(trx, await require(trx.db, ticketId), given, actorId)
  }

  async function write(
    trx: Trx,
    { answers: before, content }: Guidance,
    given: GivenAnswers,
    actorId: string,
  ): Promise<AnswerCounts> {
    const { steps = before.steps, fields = before.fields } = given
    const errors = answered.answerFaults(content, { steps, fields })
    if (errors.length > 0)
      throw new InvalidInput('answers that the checklist does not take', errors, 422)
    const at = clock.now()
    const after: Answers = {
      ...before,
      version: before.version + 1,
      steps: answered.recordSteps(before.steps, steps, at),
      fields: answered.givenValues(fields),
      result: given.result ?? before.result,
      updatedBy: actorId,
      updatedAt: at,
    }
    const isWritten = await store.updateAnswers(trx.db, after)
    if (!isWritten) throw stale(before.version + 1)
    await state(trx, { type: 'guidance_saved', ticketId: before.ticketId })
    return answered.countAnswers(after.steps)
  }

  /**
   * Saves progress while guiding. Throws NotFound, Conflict for a stale version and for a ticket that
   * is not being guided, InvalidInput (422) as `saveAnswers`.
   */
  async function save(
    ticketId: string,
    order: GuidanceSave,
    user: SessionUser,
  ): Promise<GuidanceView> {
    await database.transaction(async (trx) => {
      const ticket = await store.selectGuidedTicket(trx.db, ticketId)
      if (!ticket) throw new NotFound('ticket', ticketId)
      const refusal = refusalToAnswer(user.role, ticket)
      if (refusal !== null) throw new Conflict(refusal)
      const guidance = await require(trx.db, ticketId)
      const { version } = guidance.answers
      if (version !== order.version) throw stale(version)
      await write(trx, guidance, { ...order, result: null }, user.id)
    })
    const view = await guidanceOf(ticketId)
    if (view === null) throw new NotFound('guidance of ticket', ticketId)
    return view
  }

  /**
   * The ticket is about something else: its checklist becomes that of the new category, with what
   * both ask. What was concluded stays as it was concluded.
   */
  async function changeCategory(
    trx: Trx,
    ticketId: string,
    category: TicketCategory | null,
    actorId: string,
  ): Promise<void> {
    const guidance = await find(trx.db, ticketId)
    if (guidance === null || guidance.answers.result !== null) return
    const { answers: before, common } = guidance
    const own = category === null ? null : checklists.current(category)
    const isWritten = await store.updateAnswers(trx.db, {
      ...before,
      ...answered.carriedOver(contentOf(common, own), before),
      versionId: own?.id ?? null,
      version: before.version + 1,
      updatedBy: actorId,
      updatedAt: clock.now(),
    })
    if (!isWritten) throw stale(before.version + 1)
  }

  /** The guidance as people see it; null before it has begun. */
  async function guidanceOf(ticketId: string): Promise<GuidanceView | null> {
    const guidance = await find(database.db, ticketId)
    if (guidance === null) return null
    const { answers, common, own, content } = guidance
    const { steps, fields, result, version, updatedAt } = answers
    const author = answers.updatedBy === null ? null : deps.staffById(answers.updatedBy)
    return {
      category: own === null ? null : ticketCategory.parse(own.category),
      versionNumber: own?.number ?? null,
      commonVersionNumber: common.number,
      content,
      steps: { ...steps },
      fields: { ...fields },
      result,
      version,
      updatedBy: author && { id: author.id, displayName: author.displayName },
      updatedAt,
    }
  }

  /** How many steps are ticked (`process.md` #4), and whether the last recorded one is nok (#9). */
  async function stepsOf(
    db: Db,
    ticketId: string,
  ): Promise<{ ticked: number; lastIsNok: boolean }> {
    const guidance = await find(db, ticketId)
    if (guidance === null) return { ticked: 0, lastIsNok: false }
    const { steps } = guidance.answers
    const lastIsNok = answered.lastStepIsNok(guidance.content, steps)
    return { ticked: answered.countTicked(steps), lastIsNok }
  }

  /**
   * What category and answers say in a ticket's subject: the category's short name, and what its
   * checklist found ("LOS đỏ"). `ticketId` is null for a ticket that begins.
   */
  async function subjectParts(
    db: Db,
    ticketId: string | null,
    category: TicketCategory | null,
  ): Promise<{ label: string | null; details: string[] }> {
    const label = category === null ? null : checklists.current(category).content.short.vi
    const guidance = ticketId === null ? null : await find(db, ticketId)
    if (guidance === null) return { label, details: [] }
    const own = category === null ? [] : ownContent(guidance, category).fields
    const fields = [...own, ...guidance.common.content.fields]
    return { label, details: answered.subjectWordsOf(fields, guidance.answers.fields) }
  }

  function ownContent({ own }: Guidance, category: TicketCategory): ChecklistContent {
    return (own?.category === category ? own : checklists.current(category)).content
  }

  const lookUps = { guidanceOf, stepsOf, subjectParts }
  return { begin, saveAnswers, save, changeCategory, ...lookUps }
}

function contentOf(common: PublishedVersion, own: PublishedVersion | null): GuidanceContent {
  return guidanceContentOf(common.content, own?.content ?? null)
}

function stale(version: number): Conflict {
  return new Conflict(`the guidance was changed meanwhile (version is ${version} now)`)
}
