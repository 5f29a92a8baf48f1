import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and what is missing above it. Node's own `recursive` never returns where the file
 * system denies that anything can be made (ENOENT, as below /proc does). Throws what mkdir says.
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return
  const above = dirname(path)
  if (above !== path) makeFolder(above)
  try {
    mkdirSync(path)
  } catch (error) {
    // somebody else made it in the same moment
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error
  }
}
