import { parseAmiEvent } from '../../server/ami/ami-event.ts'
import { toCallEvent } from '../../server/ami/to-call-event.ts'
import { systemClock } from '../../server/system-clock.ts'
import type { Event } from './call-stream.ts'
import type { TicketPath } from './ticket-path.ts'

/** Until nothing is left to do, so that no part of one phase is measured with the next. */
export async function hearOut(path: TicketPath, events: readonly Event[]): Promise<void> {
  await hear(path, events)
  await path.idle()
}

/** Until every event is saved. */
export async function hear(path: TicketPath, events: readonly Event[]): Promise<void> {
  await hearFrames(path, framesOf(events))
}

export type Frame = Record<string, unknown>

export function framesOf(events: readonly Event[]): Frame[] {
  return events.map(({ headers }) => frameOf(headers))
}

/** The same for frames that are made beforehand. */
export async function hearFrames({ calls }: TicketPath, frames: readonly Frame[]): Promise<void> {
  for (const frame of frames) {
    const event = parseAmiEvent(frame)
    const meaning = event.event === null ? null : toCallEvent('pbx1', event, systemClock.now())
    if (meaning !== null) calls.handle(meaning)
  }
  await calls.idle()
}

/** As asterisk-manager parses it: lower-case keys, channel variables as an object. */
function frameOf(headers: Event['headers']): Frame {
  const frame: Frame = {}
  const variables: Record<string, string> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    if (key !== 'chanvariable') frame[key] = value
    else variables[value.split('=')[0] ?? ''] = value.split('=')[1] ?? ''
  }
  return { ...frame, chanvariable: variables }
}
