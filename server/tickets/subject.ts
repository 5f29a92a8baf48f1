/** What a subject is made of; everything in Vietnamese, as customers are spoken to. */
export interface SubjectParts {
  /** The category's short name. */
  label: string | null
  /** What its checklist found, the most telling first. */
  details: readonly string[]
  service: string | null
  area: string | null
}

const LONGEST_SUBJECT = 200

/**
 * The name that a ticket has by itself: what is wrong · what was found · where, for example "Mất kết
 * nối · LOS đỏ · Cầu Giấy". Where nothing was found yet, the service stands instead. Empty when
 * nothing is known.
 */
export function makeSubject({ label, details, service, area }: SubjectParts): string {
  const detail = details.find((words) => !isSame(words, label)) ?? service
  const parts = [label ?? '', detail ?? '', area ?? '']
  return parts
    .filter((part, index) => part !== '' && parts.findIndex((one) => isSame(one, part)) === index)
    .join(' · ')
    .slice(0, LONGEST_SUBJECT)
    .trim()
}

function isSame(one: string, other: string | null): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}

/** What a person's word does to the subject: their own stays, an emptied one is made again. */
export function subjectAfter(
  before: { subject: string; subject_by_person: number },
  written: string | undefined,
  made: string,
): { subject: string; subject_by_person: number } {
  const isKept = written === undefined || written === before.subject
  const isOwn = isKept ? before.subject_by_person === 1 : written !== ''
  if (!isOwn) return { subject: made, subject_by_person: 0 }
  return { subject: written ?? before.subject, subject_by_person: 1 }
}
