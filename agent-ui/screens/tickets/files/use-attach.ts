import { useQueryClient } from '@tanstack/react-query'
import { notifyDone, notifyFailure } from '../../../components/failure.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { live } from '../../../live-store.ts'
import { queries, refresh } from '../../../queries.ts'
import { isUnnamed } from '../../../state/file-text.ts'
import { formatDateTime } from '../../../state/local-time.ts'
import { startUpload } from '../../../uploads.ts'
import type { UploadEnd } from '../../../uploads.ts'

/** Sends files to a ticket, wherever on it they were dropped, pasted or chosen; of each drop one message. */
export function useAttach(ticketId: string, maxMb: number): (files: Iterable<File>) => void {
  const { t } = useTranslation()
  const client = useQueryClient()
  return (files) => {
    const all = [...files]
    const onWay = new Set(all)
    const arrived: string[] = []
    const onEnd = (file: File, end: UploadEnd) => {
      onWay.delete(file)
      if ('failure' in end) notifyFailure(end.failure)
      else arrived.push(end.attached.name)
      if (onWay.size === 0) tellOf(arrived.splice(0))
    }
    for (const file of all) {
      const name = isUnnamed(file.name) ? nameOf(file) : file.name
      startUpload({ ticketId, name, file, maxMb, onEnd: (end) => onEnd(file, end) })
    }
  }

  function tellOf(names: readonly string[]): void {
    const [name] = names
    if (name === undefined) return
    refresh(client, queries.ticket(ticketId).queryKey)
    const count = names.length
    notifyDone(count > 1 ? t('files.attachedCount', { count }) : t('files.attached', { name }))
  }

  function nameOf({ type }: File): string {
    const at = formatDateTime(new Date(Date.now() + live.get().clockOffsetMs).toISOString())
    const ending = type.split('/')[1] ?? ''
    return `${t('files.pasted', { at: at.replaceAll('/', '-').replaceAll(':', '.') })}.${ending}`
  }
}
