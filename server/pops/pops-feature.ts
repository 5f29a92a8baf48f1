import { createPopService, type PopDeps } from './pop-service.ts'

export type Pops = ReturnType<typeof createPops>

/** Screen pops: what an agent sees of a call while it rings and while they talk. */
export function createPops(deps: PopDeps) {
  return createPopService(deps)
}
