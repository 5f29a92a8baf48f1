import type { TicketCategory } from '#contract/casework/guidance.ts'
import type { Team } from '#contract/tickets.ts'
import { type ChecklistDeps, createChecklistService } from './checklist-service.ts'
import { createFindingService } from './finding-service.ts'
import { guidanceRoutes } from './guidance-routes.ts'
import { createGuidanceService } from './guidance-service.ts'

export type Guidance = ReturnType<typeof createGuidance>

/** Checklists by category and version, and what was answered to them on each ticket. */
export function createGuidance(deps: ChecklistDeps) {
  const checklists = createChecklistService(deps)
  const service = createGuidanceService({ ...deps, checklists })
  const { begin, saveAnswers, changeCategory } = service
  const { guidanceOf, stepsOf, subjectParts } = service
  return {
    checklists,
    service,
    begin,
    saveAnswers,
    changeCategory,
    guidanceOf,
    stepsOf,
    subjectParts,
    /** Whose work such a ticket is in the end, in the order of hand-over. */
    ownersOf: (category: TicketCategory): Team[] => checklists.current(category).content.owners,
    /** The category as customers know it. */
    nameOf: (category: TicketCategory): string => checklists.current(category).content.name.vi,
    routes: guidanceRoutes(checklists, service, createFindingService({ ...deps, checklists })),
    start: checklists.load,
  }
}
