import { z } from 'zod'
import { id, instant, revision, words } from '../primitives.ts'

/** What is typed after `::`: small letters without accents, digits and dashes, so that no keyboard changes it. */
const moduleName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/)
const title = words().min(1).max(80)
const text = words().min(1).max(2000)

/** What the pages fill in from the ticket that a text is put into. */
export const MODULE_FIELDS = ['customer', 'ticket', 'agent', 'due'] as const
export type ModuleField = (typeof MODULE_FIELDS)[number]

/** A text that is put into any long field by its name; a retired one is kept and no longer offered. */
export const textModule = z.object({
  id,
  name: moduleName,
  title: z.string(),
  text: z.string(),
  active: z.boolean(),
  version: revision,
  updatedBy: z.object({ id, displayName: z.string() }).nullable(),
  updatedAt: instant,
})
export type TextModule = z.infer<typeof textModule>

/** By name; `retired=1` shows those that are no longer offered, too. */
export const textModuleQuery = z.object({ retired: z.enum(['0', '1']).default('0') })
export type TextModuleQuery = z.infer<typeof textModuleQuery>

export const textModuleList = z.object({ items: z.array(textModule) })
export type TextModuleList = z.infer<typeof textModuleList>

export const textModuleCreate = z.object({ name: moduleName, title, text })
export type TextModuleCreate = z.infer<typeof textModuleCreate>

export const textModulePatch = z.object({
  version: revision,
  name: moduleName.optional(),
  title: title.optional(),
  text: text.optional(),
  active: z.boolean().optional(),
})
export type TextModulePatch = z.infer<typeof textModulePatch>
