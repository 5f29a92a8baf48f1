import { unprocessable } from '../errors.ts'

/** The number that a member by a Local channel leads to: `900` for `Local/900@from-queue/n`; else null. */
export function localNumber(memberInterface: string): string | null {
  return /^Local\/([^@/]+)@/i.exec(memberInterface)?.[1] ?? null
}

/**
 * Throws InvalidInput at `path` when a Local member (`null`: none) stands for this extension: made a
 * member beside it, its calls would come twice, by two ways.
 */
export function refuseBesideLocal(path: string, extension: string, local: string | null): void {
  if (local === null) return
  throw unprocessable(
    path,
    `the PBX has ${local} in the queue for extension ${extension}, which is not supported: make it PJSIP/${extension} there, or remove it`,
    'local_member',
  )
}
