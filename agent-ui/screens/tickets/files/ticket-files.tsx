import { ActionIcon, Button } from '@mantine/core'
import { IconFile, IconPaperclip, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Attachment } from '#contract/casework/attachments.ts'
import type { Ticket } from '#contract/tickets.ts'
import { useAction, useKeysOf } from '../../../actions.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { fileAddress, thumbnailAddress } from '../../../ticket-files-api.ts'
import { Panel } from '../../../components/panel.tsx'
import { formatSize, isPicture } from '../../../state/file-text.ts'
import { formatDateTime } from '../../../state/local-time.ts'
import { useIsUploading, useUploads } from '../../../uploads.ts'
import { FileViewer } from './file-viewer.tsx'
import { RemoveFile } from './remove-file.tsx'
import { UploadRow } from './upload-row.tsx'
import { useAttach } from './use-attach.ts'
import classes from './files.module.css'

/** The files of a ticket and of what was merged into it, those on their way first. */
export function TicketFiles({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { items, mayAdd, maxMb } = ticket.files
  const isUploading = useIsUploading(ticket.id)
  const [shownId, setShown] = useState<string | null>(null)
  const [removing, setRemoving] = useState<Attachment | null>(null)
  if (!mayAdd && items.length === 0) return null
  const title =
    items.length === 0 ? t('files.title') : t('files.titleCount', { count: items.length })
  return (
    <Panel title={title} aside={mayAdd && <ChooseFile ticket={ticket} />}>
      {mayAdd && items.length === 0 && !isUploading && (
        <p className={classes.hint}>{t('files.hint', { max: maxMb })}</p>
      )}
      {isUploading && <Uploads ticketId={ticket.id} />}
      <ul className={classes.files}>
        {items.map((file) => (
          <li key={file.id} className={classes.file}>
            <FileCard file={file} ticket={ticket} onShow={() => setShown(file.id)} />
            {file.mayRemove && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                aria-label={t('files.removeOf', { name: file.name })}
                title={t('files.remove')}
                onClick={() => setRemoving(file)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <FileViewer pictures={items.filter(isPicture)} shownId={shownId} onShow={setShown} />
      {removing && <RemoveFile file={removing} ticket={ticket} onClose={() => setRemoving(null)} />}
    </Panel>
  )
}

/** Apart, so that the files that are there are not drawn again at each progress. */
function Uploads({ ticketId }: { ticketId: string }) {
  const uploads = useUploads(ticketId)
  return (
    <ul className={classes.files}>
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

function ChooseFile({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const attach = useAttach(ticket.id, ticket.files.maxMb)
  const input = useRef<HTMLInputElement>(null)
  const choose = () => input.current?.click()
  useAction({ id: 'ticket.attach', keys: 'Alt+U', label: t('files.choose'), run: choose })
  const keys = useKeysOf('ticket.attach')
  return (
    <>
      <Button
        size="compact-xs"
        h={28}
        variant="default"
        leftSection={<IconPaperclip size={16} aria-hidden />}
        title={keys}
        onClick={choose}
      >
        {t('files.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('files.choose')}
        onChange={({ currentTarget }) => {
          attach([...(currentTarget.files ?? [])])
          // the same file can be chosen once more
          currentTarget.value = ''
        }}
      />
    </>
  )
}

interface CardProps {
  file: Attachment
  ticket: Ticket
  onShow: () => void
}

/** Pictures open over the page; everything else is saved. */
function FileCard({ file, ticket, onShow }: CardProps) {
  const { t } = useTranslation()
  const from = ticket.merged.find(({ id }) => id === file.ticketId)
  const facts = [
    file.by?.displayName ?? '',
    formatDateTime(file.at),
    formatSize(file.size),
    from === undefined ? '' : t('files.ofTicket', { code: from.code }),
  ]
  const words = (
    <span className={classes.words}>
      <span className={classes.name}>{file.name}</span>
      <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
    </span>
  )
  if (!isPicture(file)) {
    return (
      <a className={classes.card} href={fileAddress(file.id)} download={file.name}>
        <span className={classes.thumb}>
          <IconFile size={22} aria-hidden />
        </span>
        {words}
      </a>
    )
  }
  return (
    <button type="button" className={classes.card} onClick={onShow}>
      <img
        className={classes.thumb}
        src={file.hasThumbnail ? thumbnailAddress(file.id) : fileAddress(file.id)}
        alt=""
        loading="lazy"
      />
      {words}
    </button>
  )
}
