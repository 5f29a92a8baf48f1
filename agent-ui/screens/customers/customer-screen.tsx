import { Anchor, Button, Group, Modal, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Customer } from '#contract/customers.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import { StaleNotice } from '../../components/data-list/stale-notice.tsx'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { CustomerContracts } from './customer-contracts.tsx'
import { CustomerFacts } from './customer-facts.tsx'
import { CustomerForm } from './customer-form.tsx'
import { historyColumns, historyId } from './history-columns.tsx'
import classes from './customers.module.css'

/** One customer: who they are, what they have, and everything that happened. */
export function CustomerScreen() {
  const { t } = useTranslation()
  const { customerId } = useParams({ from: '/shell/customers/$customerId' })
  const query = useQuery(queries.customer(customerId))
  return (
    <>
      <Anchor component={Link} to="/customers" size="sm">
        ← {t('customers.title')}
      </Anchor>
      {query.isPending && <Loading rows={8} />}
      {query.isError && !query.data && (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isError && query.data && <StaleNotice source={query} />}
      {query.data && <CustomerPage customer={query.data} />}
    </>
  )
}

function CustomerPage({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const user = useUser()
  const client = useQueryClient()
  const [isEditing, setEditing] = useState(false)
  const close = () => setEditing(false)
  return (
    <>
      <Group justify="space-between" my="xs">
        <Title order={1}>{customer.name}</Title>
        {user.role !== 'noc' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t('customers.edit')}
          </Button>
        )}
      </Group>
      <div className={classes.page}>
        <div className={classes.column}>
          <CustomerFacts customer={customer} />
          <CustomerContracts contracts={customer.contracts} />
        </div>
        <History customerId={customer.id} />
      </div>
      <Modal
        opened={isEditing}
        onClose={close}
        size="xl"
        title={t('customers.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <CustomerForm
          customer={customer}
          onClose={close}
          onSaved={(saved) => {
            client.setQueryData(queries.customer(saved.id).queryKey, saved)
            close()
          }}
        />
      </Modal>
    </>
  )
}

function History({ customerId }: { customerId: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(queries.customerHistory(customerId))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => historyColumns(t), [t])
  return (
    <Panel title={t('customers.history')} flush>
      <DataList
        label={t('customers.history')}
        source={query}
        rows={rows}
        rowId={historyId}
        rowName={historyId}
        columns={columns}
        empty={{ title: t('customers.noHistory') }}
      />
    </Panel>
  )
}
