import type { ChildProcessByStdio } from 'node:child_process'
import type { Readable } from 'node:stream'

/** What a program that a test starts gets of this environment: where modules are kept compiled. */
export const CHILD_ENV: Record<string, string> = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    name === 'NODE_COMPILE_CACHE' && value !== undefined ? [[name, value]] : [],
  ),
)

/** Where a started program serves; throws what it said when it ended instead. */
export async function urlOf({
  stdout,
}: ChildProcessByStdio<null, Readable, Readable | null>): Promise<string> {
  let said = ''
  for await (const bytes of stdout) {
    said += String(bytes)
    const url = /the hotline service is at (\S+)/.exec(said)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`it did not start: ${said}`)
}
