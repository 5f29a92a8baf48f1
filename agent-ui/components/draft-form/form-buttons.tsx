import { Button, Group } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.tsx'
import { OrderButton } from '../order-button.tsx'

interface FormButtonsProps {
  /** What sends the form; "Save" when left out. */
  submit?: string
  isSaving: boolean
  onCancel: () => void
}

/** The end of a form in a dialog. */
export function FormButtons({ submit, isSaving, onCancel }: FormButtonsProps) {
  const { t } = useTranslation()
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <OrderButton type="submit" loading={isSaving}>
        {submit ?? t('common.save')}
      </OrderButton>
    </Group>
  )
}
