import type { CallRow, OwnCall } from '#contract/calls.ts'
import type { Call } from '../calls/conversation/call.ts'
import { consultOf, openSegment } from '../calls/talk/consult.ts'

/** The call as the one sees it who talks on it by this extension. */
export function deskCallOf(
  row: CallRow,
  call: Call,
  reader: { extension: string; nameOf: (extension: string) => string | null },
): OwnCall {
  const { extension, nameOf } = reader
  const consult = consultOf(call, extension)
  return {
    ...row,
    heldSince: openSegment(call, extension)?.heldAt ?? null,
    consult: consult && { ...consult, displayName: nameOf(consult.extension) },
  }
}
