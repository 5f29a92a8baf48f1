import type { PbxTagsMissing } from '#contract/queues.ts'
import type { AmiEvent } from '../ami-event.ts'
import { type AmiFrame, headerOf } from '../ami-frame.ts'

/**
 * Whether a PBX tags its customers' channels with HOTLINE: a tag was seen; nothing speaks for or
 * against it; its events lack the variable (`channelvars`); a caller joined a queue without a tag
 * before any tag was seen.
 */
export type TagsSeen = 'sent' | 'unknown' | 'no_variable' | 'untagged'

/** What one more event shows. A tag that was seen once settles it. */
export function tagsSeen(before: TagsSeen, event: AmiEvent): TagsSeen {
  if (before === 'sent' || !('linkedid' in event) || event.linkedid === undefined) return before
  const hotline = event.chanvariable?.HOTLINE
  if (hotline === undefined) return 'no_variable'
  if (hotline !== '') return 'sent'
  return event.event === 'QueueCallerJoin' ? 'untagged' : before
}

/** What of it people must know; null when there is nothing to say. `dialplanTags`: the dialplan has the tag. */
export function tagsMissing(seen: TagsSeen, dialplanTags: boolean): PbxTagsMissing | null {
  if (seen === 'no_variable') return seen
  return seen === 'untagged' && !dialplanTags ? seen : null
}

const MEANWHILE =
  'customers are told from staff only by not being the phone of a person or a queue member'

/** The same in words for the log, `/readyz` and the doctor. */
export function tagsProblem(missing: PbxTagsMissing | null): string | null {
  switch (missing) {
    case 'no_variable':
      return `this PBX sends no tag HOTLINE with its calls (manager.conf: channelvars): ${MEANWHILE}`
    case 'untagged':
      return `no call of this PBX has carried the tag HOTLINE (dialplan): ${MEANWHILE}`
    case null:
      return null
  }
}

/** The question to the PBX for the context of `dialplan/hotline.conf` that tags callers. */
export const TAGGING_QUESTION = {
  name: 'ShowDialPlan',
  headers: { Context: 'hotline-ingress' },
} as const

/** Whether the lines that answer it set the tag. */
export function setsTag(lines: readonly AmiFrame[]): boolean {
  return lines.some((line) => /^HOTLINE=./.test(headerOf(line, 'appdata') ?? ''))
}
