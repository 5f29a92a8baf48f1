import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { sendDrafts } from '../../draft-sync.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { signedOut } from '../../session.ts'
import { tellTabs } from '../../session-tabs.ts'

/** Unsaved words go to the server first; whoever would lose some is asked. */
export function useSignOut() {
  const client = useQueryClient()
  const [unsent, setUnsent] = useState(0)
  const end = useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: () => {
      tellTabs('signed_out')
      signedOut(client)
    },
    onError: notifyFailure,
  })
  const send = useMutation({
    mutationFn: sendDrafts,
    onSuccess: (left) => (left === 0 ? end.mutate() : setUnsent(left)),
    onError: notifyFailure,
  })
  const isGoing = send.isPending || end.isPending
  return {
    signOut: () => {
      if (!isGoing) send.mutate()
    },
    dialog: unsent > 0 && (
      <UnsentDialog
        count={unsent}
        isGoing={isGoing}
        onLeave={() => end.mutate()}
        onStay={() => setUnsent(0)}
      />
    ),
  }
}

interface UnsentProps {
  count: number
  isGoing: boolean
  onLeave: () => void
  onStay: () => void
}

function UnsentDialog({ count, isGoing, onLeave, onStay }: UnsentProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onStay}
      title={t('draft.unsentTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('draft.unsent', { count })}</Text>
        <Group gap="xs">
          <Button data-autofocus onClick={onStay}>
            {t('draft.stay')}
          </Button>
          <Button variant="default" loading={isGoing} onClick={onLeave}>
            {t('draft.loseThem')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
