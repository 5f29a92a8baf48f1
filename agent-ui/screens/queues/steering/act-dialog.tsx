import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { failureText, notifyDone } from '../../../components/failure.tsx'
import { useWaits } from '../../../components/waits.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useAnswerOwnRing } from '../../../phone/answer-own-ring.ts'
import { RINGS_OWN_PHONE } from '../../../state/steering.ts'
import type { SteeringAct } from '../../../state/steering.ts'

interface ActDialogProps {
  act: SteeringAct
  pbxId: string
  /** Whom or what it is about. */
  about: string
  /** Missing: no reason is asked for. */
  needsReason?: boolean
  /** False while something else is to be chosen first. */
  isReady?: boolean
  /** Resolves with what is said then, once the PBX has said that it is done. */
  order: (reason: string) => Promise<string>
  onClose: () => void
  /** What else is to be chosen. */
  children?: ReactNode
}

const LONGEST_REASON = 200

/** Says what an order will do, asks why, and stays until the PBX itself has said that it is so, or why not. */
export function ActDialog(props: ActDialogProps) {
  const { t } = useTranslation()
  const { act, about, onClose } = props
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t(`steering.act.${act}`)}: ${about}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <ActForm {...props} />
    </Modal>
  )
}

function ActForm({
  act,
  pbxId,
  needsReason = true,
  isReady = true,
  order,
  onClose,
  children,
}: ActDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const waits = useWaits('pbx', pbxId)
  const given = useMutation({
    mutationFn: () => order(reason.trim()),
    onSuccess: (done) => {
      notifyDone(done)
      onClose()
    },
  })
  useAnswerOwnRing(given.isPending)
  const mayGo = isReady && !given.isPending && (!needsReason || reason.trim() !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (mayGo) waits.unless(() => given.mutate())
  }
  return (
    <form onSubmit={submit} aria-label={t(`steering.act.${act}`)}>
      <Stack gap="sm">
        <Text size="sm">{t(`steering.does.${act}`)}</Text>
        {children}
        <TextInput
          data-autofocus
          required={needsReason}
          label={t('steering.reason')}
          description={t('steering.reasonHint')}
          maxLength={LONGEST_REASON}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {given.isPending && (
          <Text size="sm" role="status">
            {t(RINGS_OWN_PHONE.has(act) ? 'steering.waitsForPhone' : 'steering.waitsForPbx')}
          </Text>
        )}
        {given.isError && (
          <Alert color="red.9" variant="outline" icon={<IconAlertTriangle aria-hidden />}>
            {failureText(given.error)}
          </Alert>
        )}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={given.isPending}
            disabled={!mayGo && !given.isPending}
            title={waits.why ?? undefined}
            {...(act === 'end' ? { color: 'red.9' } : {})}
          >
            {t(`steering.confirm.${act}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
