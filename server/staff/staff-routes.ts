import { z } from 'zod'
import { auditEntry, auditQuery } from '#contract/audit.ts'
import { id, pageOf, pageQuery } from '#contract/primitives.ts'
import { staffCreate, staffMember, staffPatch } from '#contract/staff.ts'
import { type Route, route } from '../http/route.ts'
import type { AuditService } from './audit/audit-service.ts'
import type { StaffService } from './staff-service.ts'

export function staffRoutes(staff: StaffService, audit: AuditService): Route[] {
  return [
    route({
      method: 'get',
      path: '/staff',
      summary: 'Everybody who works here',
      access: ['supervisor', 'admin'],
      query: pageQuery,
      response: pageOf(staffMember),
      handler: ({ query }) => staff.list(query),
    }),
    route({
      method: 'post',
      path: '/staff',
      summary: 'Add a person',
      access: ['admin'],
      body: staffCreate,
      response: staffMember,
      status: 201,
      handler: ({ body, user }) => staff.create(user.id, body),
    }),
    route({
      method: 'patch',
      path: '/staff/:id',
      summary: 'Change a person; inactive people cannot sign in',
      access: ['admin'],
      params: z.object({ id }),
      body: staffPatch,
      response: staffMember,
      handler: ({ params, body, user }) => staff.change(user.id, params.id, body),
    }),
    route({
      method: 'get',
      path: '/audit',
      summary: 'Who did what, newest first',
      access: ['admin'],
      query: auditQuery,
      response: pageOf(auditEntry),
      handler: ({ query }) => audit.list(query),
    }),
  ]
}
