/** The number that a member by a Local channel leads to: `900` for `Local/900@from-queue/n`; else null. */
export function localNumber(memberInterface: string): string | null {
  return /^Local\/([^@/]+)@/i.exec(memberInterface)?.[1] ?? null
}

/** Why the service makes this extension no member: its calls would come twice, by two ways. */
export function whyLocalMember(extension: string, memberInterface: string): string {
  return `the PBX has ${memberInterface} in the queue for extension ${extension}, which is not supported: make it PJSIP/${extension} there, or remove it`
}
