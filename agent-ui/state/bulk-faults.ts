import type { FieldFault } from '../request.ts'

/** One of many that was refused, by the name that people know it by. */
export interface BulkFault {
  name: string
  fault: FieldFault
}

/** Which of the rows that were sent the server refused: its paths end with their place (`tickets.3`). */
export function bulkFaults(faults: readonly FieldFault[], names: readonly string[]): BulkFault[] {
  return faults.flatMap((fault) => {
    const index = /\.(\d+)$/.exec(fault.path)?.[1]
    const name = index === undefined ? undefined : names[Number(index)]
    return name === undefined ? [] : [{ name, fault }]
  })
}
