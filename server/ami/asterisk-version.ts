/** Oldest releases without known holes that this service would open (`dialplan/README.md`). */
const OLDEST: Record<number, readonly number[]> = { 20: [20, 20, 1], 22: [22, 10, 1] }

/** One line about a version that should not be used, or null when it may. */
export function versionProblem(version: string | null): string | null {
  if (version === null) return null
  const parts = version.split('.').map(Number)
  const major = parts[0] ?? 0
  const oldest = OLDEST[major]
  if (major > 22) return null
  if (oldest === undefined)
    return `Asterisk ${version} is not supported: use 20.20.1, 22.10.1 or newer`
  if (!isBelow(parts, oldest)) return null
  return `Asterisk ${version} has known security holes: update to ${oldest.join('.')} or newer`
}

function isBelow(parts: readonly number[], oldest: readonly number[]): boolean {
  for (const [index, least] of oldest.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}
