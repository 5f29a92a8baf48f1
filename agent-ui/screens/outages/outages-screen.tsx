import { Button, Group, Modal, SegmentedControl, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { OutageView } from '#contract/casework/outages.ts'
import { useAction } from '../../actions.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import { LoadFailed } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatShort } from '../../state/local-time.ts'
import {
  OUTAGE_SCOPES,
  mayRunOutages,
  outageSearch,
  outageTitle,
} from '../../state/outage-entry.ts'
import { useCoarseNow } from '../../ticker.ts'
import { outageColumns } from './outage-columns.tsx'
import { OutageForm } from './outage-form.tsx'
import { OutageCard } from './outage-card.tsx'
import { OutageWindow } from './outage-window.tsx'
import classes from './outages.module.css'

/** The area outages that are known, what looks like one, and how one is declared. */
export function OutagesScreen() {
  const { t } = useTranslation()
  const user = useUser()
  const [isNew, setNew] = useState(false)
  const mayRun = mayRunOutages(user.role)
  useAction({
    id: 'outages.open',
    keys: 'n',
    label: t('outages.open'),
    when: mayRun,
    run: () => setNew(true),
  })
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1}>{t('outages.title')}</Title>
        {mayRun && (
          <Button
            size="xs"
            title="N"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setNew(true)}
          >
            {t('outages.open')}
          </Button>
        )}
      </Group>
      {!mayRun && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('outages.readOnly')}
        </Text>
      )}
      <Offers mayRun={mayRun} />
      <OutageList />
      <OutageWindow />
      <Declare isNew={isNew} mayRun={mayRun} onClose={() => setNew(false)} />
    </>
  )
}

function OutageList() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/outages' })
  const { scope = 'open' } = useSearch({ from: '/shell/outages' })
  const query = useQuery(queries.outages(scope))
  const columns = useMemo(() => outageColumns(t), [t])
  const open = ({ ticket }: OutageView) =>
    ticket && void navigate({ to: '/outages/$ticketId', params: { ticketId: ticket.id } })
  return (
    <>
      <SegmentedControl
        aria-label={t('outages.scope')}
        size="sm"
        mb="xs"
        value={scope}
        data={OUTAGE_SCOPES.map((value) => ({ value, label: t(`outages.scopes.${value}`) }))}
        onChange={(value) => void navigate({ search: outageSearch({ scope: value }) })}
      />
      <DataList
        label={t('outages.title')}
        source={query}
        rows={query.data?.items ?? []}
        rowId={({ id }) => id}
        rowName={(row) => row.ticket?.code ?? outageTitle(row)}
        columns={columns}
        onOpen={open}
        card={(row) => <OutageCard outage={row} />}
        empty={{ title: t(`outages.empty.${scope}`), text: t('outages.emptyHint') }}
      />
    </>
  )
}

/** As many customers called from one place as are offered as an outage. */
function Offers({ mayRun }: { mayRun: boolean }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const navigate = useNavigate({ from: '/outages' })
  const query = useQuery(queries.outages('offered'))
  if (query.isError) {
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
  }
  return query.data?.items.map((offer) => (
    <div key={offer.id} className={classes.offer} role="status">
      <IconAlertTriangle size={16} aria-hidden />
      <span className="wrap-anywhere">
        <strong>{t('outages.offer', { name: outageTitle(offer) })}</strong>{' '}
        {t('outages.offerText', {
          callers: offer.callers,
          time: offer.offeredAt === null ? '' : formatShort(offer.offeredAt, now),
        })}
      </span>
      {mayRun && (
        <Button
          size="compact-sm"
          ml="auto"
          onClick={() =>
            void navigate({ search: (before) => outageSearch({ ...before, offer: offer.id }) })
          }
        >
          {t('outages.open')}
        </Button>
      )}
    </div>
  ))
}

interface DeclareProps {
  isNew: boolean
  mayRun: boolean
  onClose: () => void
}

/** The form of a new outage, or of the offer that the address names. */
function Declare({ isNew, mayRun, onClose }: DeclareProps) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/outages' })
  const search = useSearch({ from: '/shell/outages' })
  const offers = useQuery(queries.outages('offered'))
  const offer = offers.data?.items.find(({ id }) => id === search.offer) ?? null
  const isGone = search.offer !== undefined && offers.isSuccess && offer === null
  const close = () => {
    onClose()
    void navigate({ search: ({ offer: _taken, ...rest }) => rest, replace: true })
  }
  return (
    <Modal
      opened={mayRun && (isNew || search.offer !== undefined)}
      onClose={close}
      size="lg"
      title={t('outages.open')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {isGone ? (
        <Text size="sm">{t('outages.offerGone')}</Text>
      ) : (
        (isNew || offer !== null) && (
          <OutageForm
            key={offer?.id ?? 'new'}
            known={offer}
            onCancel={close}
            onDone={({ ticket }) => {
              onClose()
              if (ticket) {
                void navigate({ to: '/outages/$ticketId', params: { ticketId: ticket.id } })
              }
            }}
          />
        )
      )}
    </Modal>
  )
}
