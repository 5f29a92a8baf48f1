import { shownImage } from '#contract/casework/attachments.ts'
import type { Attachment } from '#contract/casework/attachments.ts'
import { formatNumber } from './local-time.ts'

const KB = 1024

/** `820 B`, `12,5 KB`, `3 MB`: with a comma, as every number on these pages. */
export function formatSize(bytes: number): string {
  if (bytes < KB) return `${bytes} B`
  if (bytes < KB * KB) return `${formatNumber(bytes / KB)} KB`
  return `${formatNumber(bytes / KB / KB)} MB`
}

/** Pictures that this page shows by itself. */
export function isPicture({ type }: Pick<Attachment, 'type'>): boolean {
  return shownImage.safeParse(type).success
}

/** What clipboards and cameras call a picture that nobody has named. */
export function isUnnamed(name: string): boolean {
  return name === '' || /^(image|blob)\.\w+$/i.test(name)
}

/** The one after or before this, round and round; null when it is not among them. */
export function neighbour(ids: readonly string[], id: string, step: 1 | -1): string | null {
  const at = ids.indexOf(id)
  return at === -1 ? null : (ids[(at + step + ids.length) % ids.length] ?? null)
}
