import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CallbackView } from '#contract/callbacks.ts'
import type { AgentStateChange } from '#contract/desk.ts'
import { api } from '../api.ts'
import { useTranslation } from '../i18n/translation.tsx'
import { live, tell } from '../live-store.ts'
import { KEYS, refresh } from '../queries.ts'
import { promisesDialled, promisesLeft } from '../state/promise-guard.ts'
import { notifyDone, notifyFailure } from './failure.tsx'
import { PromiseTone } from './promise-tone.tsx'

interface Asked {
  promises: readonly CallbackView[]
  /** Their calls are under way at this moment. */
  dialled: readonly CallbackView[]
  go: () => void
}

/** Who goes away with promises to keep is shown them first, and hands them over by one press. */
export function usePromiseGuard() {
  const [asked, setAsked] = useState<Asked | null>(null)
  const guard = (change: AgentStateChange | 'signing_out', go: () => void) => {
    const own = live.get().desk?.callbacks ?? []
    const promises = promisesLeft(own, change, Date.now())
    const dialled = promisesDialled(own, change)
    if (promises.length + dialled.length === 0) go()
    else setAsked({ promises, dialled, go })
  }
  return { guard, dialog: asked && <GuardDialog {...asked} onClose={() => setAsked(null)} /> }
}

function GuardDialog({ promises, dialled, go, onClose }: Asked & { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const leave = () => {
    onClose()
    go()
  }
  const handOver = useMutation({
    mutationFn: () => api.leavePromises(promises.map(({ id }) => id)),
    onSuccess: ({ items }) => {
      for (const callback of items) tell({ type: 'callback_updated', callback })
      refresh(client, KEYS.callbacks)
      notifyDone(t('guard.done', { count: items.length }))
      leave()
    },
    onError: notifyFailure,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('guard.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        {dialled.map((promise) => (
          <Text key={promise.id} size="sm" fw={600}>
            {t('guard.dialled', { name: promise.customerName ?? promise.number.display })}
          </Text>
        ))}
        {promises.length > 0 && <Left promises={promises} />}
        <Group gap="xs">
          {promises.length > 0 && (
            <Button data-autofocus loading={handOver.isPending} onClick={() => handOver.mutate()}>
              {t('guard.handOver')}
            </Button>
          )}
          <Button variant="default" onClick={leave}>
            {t(promises.length > 0 ? 'guard.keep' : 'guard.leave')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {t('guard.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Left({ promises }: Pick<Asked, 'promises'>) {
  const { t } = useTranslation()
  return (
    <>
      <Text size="sm">{t('guard.text', { count: promises.length })}</Text>
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {promises.map((promise) => (
          <Group component="li" key={promise.id} justify="space-between" gap="xs">
            <span className="wrap-anywhere">
              {promise.ticket?.code} {promise.customerName ?? promise.number.display}
            </span>
            <PromiseTone promise={promise} />
          </Group>
        ))}
      </Stack>
    </>
  )
}
