import { useEffect, useRef, useState } from 'react'
import type { DragEvent, ReactNode } from 'react'
import { Portal } from '@mantine/core'
import type { TicketFiles } from '#contract/casework/attachments.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useLatest } from '../../../latest.ts'
import { useAttach } from './use-attach.ts'
import classes from './files.module.css'

interface AreaProps {
  ticketId: string
  files: TicketFiles | undefined
  className: string | undefined
  /** Somebody types on the ticket. */
  onInput: () => void
  children: ReactNode
}

/** A ticket on which files can be dropped, and into which screenshots are pasted. */
export function FileArea({ ticketId, files, className = '', onInput, children }: AreaProps) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const area = useRef<HTMLDivElement>(null)
  const mayAdd = files?.mayAdd === true
  const attach = useAttach(ticketId, files?.maxMb ?? 0)
  usePaste(area, mayAdd ? attach : null)
  useStrayDrops()
  const drop = (event: DragEvent) => {
    setOver(false)
    if (mayAdd && hasFiles(event)) attach(event.dataTransfer.files)
  }
  return (
    <div
      ref={area}
      className={className}
      onDragOver={(event) => setOver(mayAdd && hasFiles(event))}
      onDragLeave={(event) => {
        const to = event.relatedTarget
        if (!(to instanceof Node && area.current?.contains(to))) setOver(false)
      }}
      onDrop={drop}
      onInput={onInput}
    >
      {children}
      {isOver && (
        <Portal>
          <div className={classes.drop}>{t('files.drop')}</div>
        </Portal>
      )}
    </div>
  )
}

function hasFiles({
  dataTransfer,
}: Pick<DragEvent | globalThis.DragEvent, 'dataTransfer'>): boolean {
  return dataTransfer?.types.includes('Files') === true
}

/** Pasted on the page or in a field of the ticket; words that come along are words. */
function usePaste(
  area: { current: HTMLElement | null },
  attach: ((files: Iterable<File>) => void) | null,
): void {
  const latest = useLatest(attach)
  useEffect(() => {
    const listen = (event: ClipboardEvent) => {
      const { target, clipboardData } = event
      const isHere =
        target === document.body || (target instanceof Node && area.current?.contains(target))
      if (!isHere || !latest.current || !clipboardData || clipboardData.files.length === 0) return
      if (clipboardData.types.includes('text/plain')) return
      event.preventDefault()
      latest.current(clipboardData.files)
    }
    document.addEventListener('paste', listen)
    return () => document.removeEventListener('paste', listen)
  }, [area])
}

/** A file that misses the ticket would be opened in place of the page. */
function useStrayDrops(): void {
  useEffect(() => {
    const stay = (event: globalThis.DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    addEventListener('dragover', stay)
    addEventListener('drop', stay)
    return () => {
      removeEventListener('dragover', stay)
      removeEventListener('drop', stay)
    }
  }, [])
}
