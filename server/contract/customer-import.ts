import { z } from 'zod'
import { id, instant } from './primitives.ts'

/** What a column of the file is taken for; those with a number may come several times. */
export const importField = z.enum([
  'code',
  'name',
  'kind',
  'email',
  'address',
  'note',
  'holderName',
  'holderPaper',
  'phone',
  'phoneLabel',
  'contractNo',
  'servicePlan',
  'services',
  'circuitId',
  'contractStatus',
  'installationAddress',
  'area',
  'areaClass',
])
export type ImportField = z.infer<typeof importField>

/** `part`: which telephone or contract it is of, from 1 on. `field` null: the column is left out. */
export const importColumn = z.object({
  header: z.string(),
  field: importField.nullable(),
  part: z.number().int(),
})
export type ImportColumn = z.infer<typeof importColumn>

/** What is wrong at which line of the file (the header is line 1); `column` as the file names it. */
export const importFault = z.object({
  line: z.number().int(),
  column: z.string(),
  value: z.string(),
  message: z.string(),
  code: z.string(),
})
export type ImportFault = z.infer<typeof importFault>

export const importPreview = z.object({
  delimiter: z.enum([',', ';', '\t']),
  columns: z.array(importColumn),
  rows: z.array(z.array(z.string())),
  faults: z.array(importFault),
})
export type ImportPreview = z.infer<typeof importPreview>

/**
 * One import. `reading`: lines are checked and staged; `switching`: they become customers, all at
 * once; `done` (for a dry run: could be); `refused`: nothing was imported, `faults` say why (the
 * first 1,000 of `faultCount`); `stopped`: the service ended before the switch, nothing was imported.
 */
export const importReport = z.object({
  id,
  status: z.enum(['reading', 'switching', 'done', 'refused', 'stopped']),
  dryRun: z.boolean(),
  startedAt: instant,
  endedAt: instant.nullable(),
  lines: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  faultCount: z.number().int(),
  faults: z.array(importFault),
})
export type ImportReport = z.infer<typeof importReport>

/** `wait=0` answers at once with `reading`; else the answer is the outcome. */
export const importQuery = z.object({
  mode: z.enum(['preview', 'import']).default('import'),
  dryRun: z.enum(['0', '1']).default('0'),
  wait: z.enum(['0', '1']).default('1'),
})
export type ImportQuery = z.infer<typeof importQuery>
