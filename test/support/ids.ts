import type { NewId } from '../../server/ports.ts'

/** Ids that read well in a failing test and sort by creation: `id-000001`, `id-000002`, … */
export function createTestIds(prefix = 'id'): NewId {
  let count = 0
  return () => `${prefix}-${String(++count).padStart(6, '0')}`
}
