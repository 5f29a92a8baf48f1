import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { outageSettings } from '#contract/casework/outages.ts'
import type { OutageSettingsView } from '#contract/casework/outages.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { useSaveSettings } from '../settings/use-save-settings.ts'

/** When calls are offered as an outage; administrators set it. */
export function OutageWindow() {
  const { t } = useTranslation()
  const user = useUser()
  const [isEditing, setEditing] = useState(false)
  const { data } = useQuery(queries.outageSettings())
  if (data === undefined) return null
  const close = () => setEditing(false)
  return (
    <Group gap="xs" mt="sm">
      <Text size="sm" c="dimmed">
        {t('outages.window', { ...data })}
      </Text>
      {user.role === 'admin' && (
        <Button size="compact-xs" variant="default" onClick={() => setEditing(true)}>
          {t('outages.editWindow')}
        </Button>
      )}
      <Modal
        opened={isEditing}
        onClose={close}
        title={t('outages.editWindow')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {isEditing && <WindowForm known={data} onDone={close} />}
      </Modal>
    </Group>
  )
}

function WindowForm({ known, onDone }: { known: OutageSettingsView; onDone: () => void }) {
  const { t } = useTranslation()
  const { version } = known
  const save = useSaveSettings({
    key: queries.outageSettings().queryKey,
    save: api.saveOutageSettings,
    done: t('common.saved'),
    onSaved: onDone,
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: null,
    schema: windowSchema,
    initial: { callers: String(known.callers), minutes: String(known.minutes) },
    onSubmit: (typed) => save.mutate({ ...windowSchema.parse(typed), version }),
  })
  return (
    <form {...draft.props} aria-label={t('outages.editWindow')}>
      <Stack gap="sm">
        <TextInput
          label={t('outages.windowCallers')}
          inputMode="numeric"
          data-autofocus
          {...draft.form.getInputProps('callers')}
        />
        <TextInput
          label={t('outages.windowMinutes')}
          inputMode="numeric"
          {...draft.form.getInputProps('minutes')}
        />
        <FormButtons isSaving={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  )
}

const windowSchema = z.object({
  callers: z.coerce.number().pipe(outageSettings.shape.callers),
  minutes: z.coerce.number().pipe(outageSettings.shape.minutes),
})
