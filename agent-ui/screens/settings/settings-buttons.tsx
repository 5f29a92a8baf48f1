import { Button, Group } from '@mantine/core'
import type { DraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'

interface ButtonsProps {
  draft: Pick<DraftForm<object>, 'isChanged' | 'clear'>
  isSaving: boolean
}

/** The end of a form that stays on its screen. */
export function SettingsButtons({ draft, isSaving }: ButtonsProps) {
  const { t } = useTranslation()
  return (
    <Group gap="xs">
      <Button size="xs" type="submit" loading={isSaving} disabled={!draft.isChanged}>
        {t('common.save')}
      </Button>
      {draft.isChanged && (
        <Button size="xs" variant="default" onClick={draft.clear}>
          {t('ticket.discard')}
        </Button>
      )}
    </Group>
  )
}
