import { z } from 'zod'
import { importPreview, importQuery, importReport } from '#contract/customer-import.ts'
import { id, pageOf, pageQuery } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import { type Route, route } from '../../http/route.ts'
import { type ImportService, refusal } from './import-service.ts'

/** Who may replace what is known of thousands of customers at once. */
const IMPORTERS: readonly Role[] = ['supervisor', 'admin']

const LARGEST_FILE_MB = 64

export function importRoutes(service: ImportService): Route[] {
  return [
    route({
      method: 'post',
      path: '/customers/import',
      summary:
        'Customers of a CSV file (UTF-8), all or nothing; mode=preview shows its columns, dryRun=1 its bad lines',
      access: IMPORTERS,
      query: importQuery,
      raw: { type: 'text/csv', limitMb: LARGEST_FILE_MB },
      response: z.union([importReport, importPreview]),
      handler: async ({ query, user, bytes }) => {
        if (query.mode === 'preview') return service.preview(bytes)
        const dryRun = query.dryRun === '1'
        const { report, outcome } = await service.begin(bytes, { dryRun }, user)
        if (query.wait === '0') return report
        const done = await outcome
        const isUnreadable = done.faults.some(({ code }) => code === 'encoding')
        if (done.status !== 'refused' || (dryRun && !isUnreadable)) return done
        throw refusal(done.faults, done.faultCount)
      },
    }),
    route({
      method: 'get',
      path: '/customers/import',
      summary: 'Imports of customers, newest first; the one that runs shows how far it is',
      access: IMPORTERS,
      query: pageQuery,
      response: pageOf(importReport),
      handler: ({ query }) => service.list(query),
    }),
    route({
      method: 'get',
      path: '/customers/import/:id',
      summary: 'One import with its bad lines',
      access: IMPORTERS,
      params: z.object({ id }),
      response: importReport,
      handler: ({ params }) => service.get(params.id),
    }),
  ]
}
