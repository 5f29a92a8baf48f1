import { ActionIcon, Anchor, Group, Modal } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { Attachment } from '#contract/casework/attachments.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { fileAddress } from '../../../ticket-files-api.ts'
import { neighbour } from '../../../state/file-text.ts'
import { formatDateTime } from '../../../state/local-time.ts'
import classes from './files.module.css'

interface ViewerProps {
  pictures: readonly Attachment[]
  /** Null: closed. */
  shownId: string | null
  onShow: (id: string | null) => void
}

/** One picture over the page; arrow keys go to the others of the ticket. */
export function FileViewer({ pictures, shownId, onShow }: ViewerProps) {
  const { t } = useTranslation()
  const shown = pictures.find(({ id }) => id === shownId)
  const ids = pictures.map(({ id }) => id)
  const go = (step: 1 | -1) => onShow(neighbour(ids, shownId ?? '', step))
  return (
    <Modal
      opened={shown !== undefined}
      onClose={() => onShow(null)}
      size="auto"
      title={shown?.name}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      onKeyDown={({ key }) => {
        if (key === 'ArrowRight') go(1)
        if (key === 'ArrowLeft') go(-1)
      }}
    >
      {shown && (
        <>
          <img className={classes.picture} src={fileAddress(shown.id)} alt={shown.name} />
          <Group justify="space-between" mt="xs" gap="md">
            <span className={classes.facts}>
              {[shown.by?.displayName, formatDateTime(shown.at)].filter(Boolean).join(' · ')}
            </span>
            <Group gap="md">
              <Anchor size="sm" href={fileAddress(shown.id)} target="_blank" rel="noreferrer">
                {t('files.newTab')}
              </Anchor>
              <Anchor size="sm" href={fileAddress(shown.id)} download={shown.name}>
                {t('files.save')}
              </Anchor>
              {pictures.length > 1 && <Steps onStep={go} />}
            </Group>
          </Group>
        </>
      )}
    </Modal>
  )
}

function Steps({ onStep }: { onStep: (step: 1 | -1) => void }) {
  const { t } = useTranslation()
  return (
    <Group gap={4}>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t('files.previous')}
        title="←"
        onClick={() => onStep(-1)}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t('files.next')}
        title="→"
        onClick={() => onStep(1)}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
