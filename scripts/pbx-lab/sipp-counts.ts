/** Calls of one sipp process from start to end. */
export type SippCounts = {
  readonly total: number
  readonly successful: number
  readonly failed: number
}

/** Reads the last line of a sipp statistics file (`-trace_stat`). */
export function parseCounts(csv: string): SippCounts {
  const lines = csv.trim().split('\n')
  const names = (lines[0] ?? '').split(';')
  const values = (lines.at(-1) ?? '').split(';')
  const read = (name: string): number => Number(values[names.indexOf(name)] ?? 0)
  return {
    total: read('TotalCallCreated'),
    successful: read('SuccessfulCall(C)'),
    failed: read('FailedCall(C)'),
  }
}
