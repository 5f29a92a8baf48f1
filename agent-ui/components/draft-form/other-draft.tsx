import { Button, Group, Text } from '@mantine/core'
import { swapDraft, useOtherWordsAt } from '../../drafts.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { formatDateTime } from '../../state/local-time.ts'

/**
 * Of words typed on two devices the newer stand in the form: this line brings the others back, and these
 * are the others then.
 */
export function OtherDraft({ draftKey }: { draftKey: string | null }) {
  const { t } = useTranslation()
  const { id } = useUser()
  const at = useOtherWordsAt(id, draftKey)
  if (at === null || draftKey === null) return null
  return (
    <Group gap="xs" role="status">
      <Text size="sm">{t('draft.other', { time: formatDateTime(at) })}</Text>
      <Button size="compact-xs" variant="default" onClick={() => swapDraft(id, draftKey)}>
        {t('draft.useOther')}
      </Button>
    </Group>
  )
}
