import { z } from 'zod'
import {
  checklistCode,
  checklistComparison,
  checklistVersion,
  checklistVersionRow,
  compareQuery,
  draftChange,
  draftPublish,
  guidanceFinding,
  guidanceSave,
  guidanceView,
  versionParams,
} from '#contract/casework/guidance.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { ChecklistService } from './checklist-service.ts'
import type { FindingService } from './finding-service.ts'
import type { GuidanceService } from './guidance-service.ts'
import { ANSWERING_ROLES } from './who-answers.ts'

const params = z.object({ category: checklistCode })

/** No guidance needs more, and a note of 100 kB is none. */
const GUIDANCE_KB = 96

export function guidanceRoutes(
  checklists: ChecklistService,
  guidance: Pick<GuidanceService, 'save'>,
  findings: FindingService,
): Route[] {
  return [
    ...checklistRoutes(checklists),
    route({
      method: 'put',
      path: '/tickets/:id/guidance',
      summary: 'Save the answers of the checklist while guiding; what is left out is not answered',
      access: ANSWERING_ROLES,
      params: z.object({ id }),
      body: guidanceSave,
      bodyLimitKb: GUIDANCE_KB,
      response: guidanceView,
      handler: ({ params: { id: ticketId }, body, user }) => guidance.save(ticketId, body, user),
    }),
    route({
      method: 'get',
      path: '/guidance/findings',
      summary: 'What the guidance found on each ticket of the board of NOC',
      access: ['noc', 'supervisor', 'admin'],
      response: z.object({ items: z.array(guidanceFinding) }),
      handler: () => findings.onBoard(),
    }),
  ]
}

function checklistRoutes(checklists: ChecklistService): Route[] {
  return [
    route({
      method: 'get',
      path: '/checklists',
      summary: 'The checklists in force; GEN holds the steps that come before all others',
      access: 'signed_in',
      response: z.object({ items: z.array(checklistVersion) }),
      handler: () => checklists.list(),
    }),
    route({
      method: 'get',
      path: '/checklists/:category/versions',
      summary: 'All versions of one checklist, newest first, the draft too',
      access: 'signed_in',
      params,
      response: z.object({ items: z.array(checklistVersionRow) }),
      handler: ({ params: { category } }) => checklists.versions(category),
    }),
    route({
      method: 'get',
      path: '/checklists/:category/versions/:number',
      summary: 'One version with its steps and fields',
      access: 'signed_in',
      params: versionParams,
      response: checklistVersion,
      handler: ({ params: { category, number } }) => checklists.version(category, number),
    }),
    route({
      method: 'get',
      path: '/checklists/:category/compare',
      summary: 'What was added, removed and changed between two versions',
      access: 'signed_in',
      params,
      query: compareQuery,
      response: checklistComparison,
      handler: ({ params: { category }, query }) => checklists.compare(category, query),
    }),
    route({
      method: 'put',
      path: '/checklists/:category/draft',
      summary: 'Write the draft of the next version; version null begins it',
      access: ['admin'],
      params,
      body: draftChange,
      response: checklistVersion,
      handler: ({ params: { category }, body, user }) =>
        checklists.saveDraft(category, body, user.id),
    }),
    route({
      method: 'post',
      path: '/checklists/:category/publish',
      summary: 'Put the draft into force; tickets keep the version they were begun with',
      access: ['admin'],
      params,
      body: draftPublish,
      response: checklistVersion,
      handler: ({ params: { category }, body, user }) =>
        checklists.publish(category, body.version, user.id),
    }),
  ]
}
