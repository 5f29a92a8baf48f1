import { z } from 'zod'
import { id, revision, team, words } from '../primitives.ts'

/** Lists whose filters can be kept under a name. */
export const viewList = z.enum(['tickets', 'calls', 'promises', 'customers'])
export type ViewList = z.infer<typeof viewList>

/** What the address of the list says after `?`: filters, order, columns. */
const viewSearch = z
  .record(z.string().min(1).max(40), z.string().max(200))
  .refine((search) => Object.keys(search).length <= 20, 'at most 20 filters')

const viewName = words().min(1).max(60)

/** `team`: everybody of this trade sees it; null: its owner alone. */
export const savedView = z.object({
  id,
  list: viewList,
  name: z.string(),
  search: z.record(z.string(), z.string()),
  team: team.nullable(),
  owner: z.object({ id, displayName: z.string() }),
  isMine: z.boolean(),
  /** Whether this person may rename, change or delete it. */
  mayChange: z.boolean(),
  /** Open tickets in it now; null where the list is not counted. */
  count: z.number().int().nullable(),
  version: revision,
})
export type SavedView = z.infer<typeof savedView>

export const viewQuery = z.object({ list: viewList })

export const viewCreate = z.object({
  list: viewList,
  name: viewName,
  search: viewSearch,
  team: team.nullable().default(null),
})
export type ViewCreate = z.infer<typeof viewCreate>

export const viewPatch = z.object({
  version: revision,
  name: viewName.optional(),
  search: viewSearch.optional(),
  team: team.nullable().optional(),
})
export type ViewPatch = z.infer<typeof viewPatch>
