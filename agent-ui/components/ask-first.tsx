import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from '../i18n/translation.tsx'

interface AskFirstProps {
  /** What is done, on the button, too. */
  title: string
  text: string
  isBusy: boolean
  onYes: () => void
  onClose: () => void
}

/** Asks before what nothing brings back; Enter leaves it as it is. */
export function AskFirst({ title, text, isBusy, onYes, onClose }: AskFirstProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Text size="sm" className="wrap-anywhere">
        {text}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </Button>
        <Button color="red.9" loading={isBusy} onClick={onYes}>
          {title}
        </Button>
      </Group>
    </Modal>
  )
}
