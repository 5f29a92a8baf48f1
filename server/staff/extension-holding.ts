import type { Instant } from '#contract/primitives.ts'
import type { StaffMember } from '#contract/staff.ts'

/** One person's time with one extension; `since` "" is from the beginning, `until` null goes on. */
export interface Holding {
  extension: string
  staffId: string
  since: Instant
  until: Instant | null
}

/** Who had the extension at that moment; null when nobody had. */
export function holderAt(holdings: readonly Holding[], at: Instant): string | null {
  const held = holdings.find(({ since, until }) => since <= at && (until === null || at < until))
  return held?.staffId ?? null
}

/** Holdings by extension; who has an extension without one on record has always had it. */
export function holdingsByExtension(
  holdings: readonly Holding[],
  members: readonly Pick<StaffMember, 'id' | 'extension'>[],
): Map<string, Holding[]> {
  const byExtension = new Map<string, Holding[]>()
  const add = (holding: Holding) => {
    byExtension.set(holding.extension, [...(byExtension.get(holding.extension) ?? []), holding])
  }
  for (const holding of holdings) add(holding)
  for (const { id: staffId, extension } of members) {
    if (extension === null) continue
    const known = byExtension.get(extension) ?? []
    const isKnown = known.some((holding) => holding.staffId === staffId && holding.until === null)
    if (!isKnown) add({ extension, staffId, since: '', until: null })
  }
  return byExtension
}

/** The holdings after one person gave an extension back, got one, or both. */
export function changeHands(
  holdings: ReadonlyMap<string, Holding[]>,
  change: { from: string | null; to: string | null; staffId: string; at: Instant },
): Map<string, Holding[]> {
  const { from, to, staffId, at } = change
  const after = new Map(holdings)
  const end = (held: Holding): Holding =>
    held.staffId === staffId && held.until === null ? { ...held, until: at } : held
  if (from !== null) after.set(from, (after.get(from) ?? []).map(end))
  if (to === null) return after
  const begun = { extension: to, staffId, since: at, until: null }
  return after.set(to, [...(after.get(to) ?? []), begun])
}
