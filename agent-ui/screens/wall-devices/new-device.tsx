import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { WALL_CODE_HOURS, wallDeviceCreate } from '#contract/supervision/wall.ts'
import type { WallDeviceCreate, WallDeviceMade } from '#contract/supervision/wall.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'

interface NewDeviceProps {
  opened: boolean
  onClose: () => void
}

/** A name first, then its code, which is shown this once. */
export function NewDevice({ opened, onClose }: NewDeviceProps) {
  const { t } = useTranslation()
  const [made, setMade] = useState<WallDeviceMade | null>(null)
  const close = () => {
    setMade(null)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      // a code that is closed by a slip of the mouse is lost
      closeOnClickOutside={made === null}
      title={made ? t('wallDevices.codeTitle', { name: made.device.name }) : t('wallDevices.add')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && made === null && <NameForm onMade={setMade} onCancel={close} />}
      {made !== null && <CodeShown code={made.code} onDone={close} />}
    </Modal>
  )
}

interface NameFormProps {
  onMade: (made: WallDeviceMade) => void
  onCancel: () => void
}

function NameForm({ onMade, onCancel }: NameFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: (entry: WallDeviceCreate) => api.makeWallDevice(entry),
    onSuccess: (made) => {
      draft.clear()
      onMade(made)
    },
    onError: (error) => draft.refuse(error),
    onSettled: () => refresh(client, KEYS.wallDevices),
  })
  const draft = useDraftForm({
    key: 'wall-device.new',
    schema: wallDeviceCreate,
    initial: { name: '' },
    onSubmit: (entry) => make.mutate(entry),
  })
  return (
    <form {...draft.props} aria-label={t('wallDevices.add')}>
      <Stack gap="sm">
        <TextInput
          label={t('wallDevices.name')}
          description={t('wallDevices.nameHint')}
          data-autofocus
          maxLength={60}
          {...draft.form.getInputProps('name')}
        />
        <FormButtons isSaving={make.isPending} submit={t('wallDevices.make')} onCancel={onCancel} />
      </Stack>
    </form>
  )
}

function CodeShown({ code, onDone }: { code: string; onDone: () => void }) {
  const { t } = useTranslation()
  const copy = () => {
    void navigator.clipboard?.writeText(code).then(() => notifyDone(t('wallDevices.copied')))
  }
  return (
    <Stack gap="sm">
      <Text>{t('wallDevices.codeText', { hours: WALL_CODE_HOURS })}</Text>
      <Anchor href="/wall" target="_blank" rel="noreferrer">
        {`${location.origin}/wall`}
      </Anchor>
      <Text ff="monospace" fz="xl" fw={600} ta="center" data-testid="wall-code">
        {code}
      </Text>
      <Group justify="flex-end">
        {navigator.clipboard !== undefined && (
          <Button variant="default" onClick={copy}>
            {t('wallDevices.copy')}
          </Button>
        )}
        <Button onClick={onDone} data-autofocus>
          {t('wallDevices.done')}
        </Button>
      </Group>
    </Stack>
  )
}
