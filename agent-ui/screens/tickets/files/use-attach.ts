import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyFailure } from '../../../components/failure.tsx'
import { live } from '../../../live-store.ts'
import { queries, refresh } from '../../../queries.ts'
import { isUnnamed } from '../../../state/file-text.ts'
import { formatDateTime } from '../../../state/local-time.ts'
import { startUpload } from '../../../uploads.ts'
import type { UploadEnd } from '../../../uploads.ts'

/** Sends files to a ticket, wherever on it they were dropped, pasted or chosen; of all one message. */
export function useAttach(ticketId: string, maxMb: number): (files: Iterable<File>) => void {
  const { t } = useTranslation()
  const client = useQueryClient()
  return (files) => {
    const arrived: string[] = []
    const onEnd = (end: UploadEnd) => {
      if ('failure' in end) {
        notifyFailure(end.failure)
        return
      }
      const { name } = end.attached
      arrived.push(name)
      refresh(client, queries.ticket(ticketId).queryKey)
      if (end.left > 0) return
      const count = arrived.length
      notifyDone(count > 1 ? t('files.attachedCount', { count }) : t('files.attached', { name }))
    }
    for (const file of files) {
      const name = isUnnamed(file.name) ? nameOf(file) : file.name
      startUpload({ ticketId, name, file, maxMb, onEnd })
    }
  }

  function nameOf({ type }: File): string {
    const at = formatDateTime(new Date(Date.now() + live.get().clockOffsetMs).toISOString())
    const ending = type.split('/')[1] ?? ''
    return `${t('files.pasted', { at: at.replaceAll('/', '-').replaceAll(':', '.') })}.${ending}`
  }
}
