import type { HelpView, OwnHelp } from '#contract/supervision/help.ts'

/** Who asks now with this news of one of them: the longest first; what is over is left out. */
export function withHelp(known: readonly HelpView[], news: HelpView): HelpView[] {
  const others = known.filter(({ id }) => id !== news.id)
  if (news.endedAt !== null) return others
  return [...others, news].toSorted((a, b) => (a.askedAt < b.askedAt ? -1 : 1))
}

/** What this person's page knows after news of their own request. */
export function ownOf(news: HelpView): OwnHelp {
  return { help: news.endedAt === null ? news : null }
}

/** Whether it is still asked for, also when its end was not heard. */
export function isAsking({ endedAt, expiresAt }: HelpView, nowMs: number): boolean {
  return endedAt === null && Date.parse(expiresAt) > nowMs
}

/** Who waits for somebody to come first, then those to whom somebody comes. */
export function byNeed(asking: readonly HelpView[]): HelpView[] {
  return asking.toSorted((a, b) => Number(a.takenBy !== null) - Number(b.takenBy !== null))
}
