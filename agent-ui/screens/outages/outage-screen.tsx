import { Anchor, Button, Group, Modal, SegmentedControl, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { OutageView } from '#contract/casework/outages.ts'
import { useAction } from '../../actions.ts'
import { Facts } from '../../components/facts.tsx'
import { StaleNotice } from '../../components/data-list/stale-notice.tsx'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatDateTime, formatNumber } from '../../state/local-time.ts'
import { mayRunOutages, outageTitle } from '../../state/outage-entry.ts'
import { ActionBar } from '../tickets/process/action-bar.tsx'
import { OutageChildren } from './outage-children.tsx'
import { OutageTone } from './outage-columns.tsx'
import { OutageForm } from './outage-form.tsx'
import { EndWords } from './outage-end.tsx'
import { LinkCandidates } from './link-candidates.tsx'
import classes from './outages.module.css'

/** One outage: what is told of it, where its parent ticket stands, and the tickets that are part of it. */
export function OutageScreen() {
  const { t } = useTranslation()
  const { ticketId } = useParams({ from: '/shell/outages/$ticketId' })
  const query = useQuery(queries.outage(ticketId))
  return (
    <>
      <Anchor component={Link} to="/outages" size="sm">
        ← {t('outages.title')}
      </Anchor>
      {query.isPending && <Loading rows={8} />}
      {query.isError && !query.data && (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isError && query.data && <StaleNotice source={query} />}
      {query.data && <OutagePage key={ticketId} ticketId={ticketId} outage={query.data} />}
    </>
  )
}

interface OutageProps {
  ticketId: string
  outage: OutageView
}

function OutagePage({ ticketId, outage }: OutageProps) {
  const { t } = useTranslation()
  const user = useUser()
  const mayChange = mayRunOutages(user.role) && outage.status === 'open'
  const [isEditing, setEditing] = useState(false)
  const close = () => setEditing(false)
  useAction({
    id: 'outage.change',
    keys: 'e',
    label: t('outages.change'),
    when: mayChange,
    run: () => setEditing(true),
  })
  return (
    <>
      <Group justify="space-between" my="xs">
        <Group gap="sm">
          <Title order={1}>{outageTitle(outage)}</Title>
          <OutageTone outage={outage} />
        </Group>
        {mayChange && (
          <Button
            size="xs"
            variant="default"
            title="E"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t('outages.change')}
          </Button>
        )}
      </Group>
      <div className={classes.page}>
        <div className={classes.column}>
          <Told outage={outage} />
          <Parent ticketId={ticketId} outage={outage} />
        </div>
        <Tickets ticketId={ticketId} outage={outage} mayChange={mayChange} />
      </div>
      <Modal
        opened={isEditing}
        onClose={close}
        size="lg"
        title={t('outages.change')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {isEditing && <OutageForm known={outage} onDone={close} onCancel={close} />}
      </Modal>
    </>
  )
}

/** What callers are told, and since when. */
function Told({ outage }: { outage: OutageView }) {
  const { t } = useTranslation()
  const { message, expectedUntil, openedAt, endedAt, callers, callbacksPerMinute } = outage
  return (
    <Panel title={t('outages.told')}>
      <Facts
        rows={[
          [t('outages.message'), message],
          [
            t('outages.expectedUntil'),
            expectedUntil === null ? t('outages.unknown') : formatDateTime(expectedUntil),
          ],
          [t('outages.openedAt'), openedAt && formatDateTime(openedAt)],
          [t('outages.endedAt'), endedAt && formatDateTime(endedAt)],
          [t('outages.callers'), callers === 0 ? null : formatNumber(callers)],
          [t('outages.pace'), t('outages.perMinute', { count: callbacksPerMinute })],
        ]}
      />
    </Panel>
  )
}

/** The parent ticket walks the process like any other; its end is the end of the outage. */
function Parent({ ticketId, outage }: OutageProps) {
  const { t } = useTranslation()
  const query = useQuery(queries.ticket(ticketId))
  const ticket = query.data
  return (
    <Panel
      title={t('outages.parent')}
      aside={ticket && <TicketStatusTone status={ticket.status} />}
    >
      {query.isPending && <Loading rows={2} />}
      {query.isError && !ticket && (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      )}
      {ticket && (
        <div className={classes.parent}>
          <Group gap="xs">
            <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId }}>
              {ticket.code}
            </Link>
            <span className={classes.dim}>
              {ticket.assignee?.displayName ?? t('ticket.unassigned')}
            </span>
          </Group>
          <ActionBar ticket={ticket} />
          <EndWords outage={outage} />
        </div>
      )}
    </Panel>
  )
}

function Tickets({ ticketId, outage, mayChange }: OutageProps & { mayChange: boolean }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<'children' | 'add'>('children')
  const shown = mayChange ? tab : 'children'
  return (
    <section className={classes.column} aria-label={t('outages.tickets')}>
      {mayChange && (
        <SegmentedControl
          aria-label={t('outages.tickets')}
          size="sm"
          value={shown}
          data={[
            { value: 'children', label: t('outages.linked', { count: outage.children }) },
            { value: 'add', label: t('outages.addTickets') },
          ]}
          onChange={(value) => setTab(value === 'add' ? 'add' : 'children')}
        />
      )}
      {shown === 'children' ? (
        <OutageChildren ticketId={ticketId} outage={outage} mayChange={mayChange} />
      ) : (
        <LinkCandidates ticketId={ticketId} outage={outage} />
      )}
    </section>
  )
}
