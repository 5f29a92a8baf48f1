import { Button, Group, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import type { WallDevice } from '#contract/supervision/wall.ts'
import { api } from '../../api.ts'
import { AskFirst } from '../../components/ask-first.tsx'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn, RowVerb } from '../../components/data-list/list-types.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { useLocalNow } from '../../ticker.ts'
import { NewDevice } from './new-device.tsx'

type DeviceState = 'connected' | 'away' | 'waiting' | 'expired'

const TONES: Record<DeviceState, ToneName> = {
  connected: 'ok',
  away: 'warn',
  waiting: 'busy',
  expired: 'calm',
}

function stateOf(device: WallDevice, nowMs: number): DeviceState {
  if (device.isConnected) return 'connected'
  if (device.openedAt !== null) return 'away'
  return Date.parse(device.codeUntil) > nowMs ? 'waiting' : 'expired'
}

function deviceColumns(t: TFunction): readonly ListColumn<WallDevice>[] {
  return [
    { id: 'name', title: t('wallDevices.name'), cell: ({ name }) => <strong>{name}</strong> },
    {
      id: 'state',
      title: t('ticket.status'),
      width: 170,
      cell: (device) => <DeviceTone device={device} />,
    },
    {
      id: 'seen',
      title: t('wallDevices.lastSeen'),
      width: 180,
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null ? t('wallDevices.never') : formatDateTime(lastSeenAt),
    },
    {
      id: 'made',
      title: t('wallDevices.made'),
      width: 300,
      cell: ({ madeAt, madeBy }) =>
        [madeBy.displayName, formatDateTime(madeAt)].filter(Boolean).join(' · '),
    },
  ]
}

function DeviceTone({ device }: { device: WallDevice }) {
  const { t } = useTranslation()
  const state = stateOf(device, useLocalNow())
  return <Tone tone={TONES[state]}>{t(`wallDevices.state.${state}`)}</Tone>
}

/** The screens on the wall: who made them, which are there, and withdrawing them. */
export function WallDevicesScreen() {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<WallDevice | null>(null)
  const query = useQuery(queries.wallDevices())
  const columns = useMemo(() => deviceColumns(t), [t])
  const verbs = (device: WallDevice): RowVerb[] => [
    { id: 'withdraw', label: t('wallDevices.withdraw'), main: true, run: () => setLeaving(device) },
  ]
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1}>{t('wallDevices.title')}</Title>
        <Button
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('wallDevices.add')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t('wallDevices.hint')}
      </Text>
      <DataList
        label={t('wallDevices.title')}
        source={query}
        rows={query.data?.items ?? []}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        columns={columns}
        verbs={verbs}
        empty={{ title: t('wallDevices.empty'), text: t('wallDevices.emptyHint') }}
      />
      <NewDevice opened={isAdding} onClose={() => setAdding(false)} />
      {leaving !== null && <Withdrawal device={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

function Withdrawal({ device, onClose }: { device: WallDevice; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: () => api.withdrawWallDevice(device.id),
    onSuccess: () => notifyDone(t('wallDevices.withdrawn', { name: device.name })),
    onError: notifyFailure,
    onSettled: () => {
      onClose()
      refresh(client, KEYS.wallDevices)
    },
  })
  return (
    <AskFirst
      title={t('wallDevices.withdraw')}
      text={t('wallDevices.sure', { name: device.name })}
      isBusy={withdraw.isPending}
      onYes={() => withdraw.mutate()}
      onClose={onClose}
    />
  )
}
