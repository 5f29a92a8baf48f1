import { Button, Group, Modal, Title } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import type { Customer } from '#contract/customers.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { SearchField } from '../../components/search-field.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { wordsSearch } from '../../state/list-sort.ts'
import { formatNumber } from '../../state/local-time.ts'
import { maySee } from '../screen-table.ts'
import { CustomerForm } from './customer-form.tsx'
import classes from './customers.module.css'

function customerColumns(t: TFunction): readonly ListColumn<Customer>[] {
  return [
    { id: 'code', title: t('customer.code'), width: 140, cell: (row) => row.code },
    {
      id: 'name',
      title: t('customers.name'),
      cell: (row) => (
        <Link to="/customers/$customerId" params={{ customerId: row.id }}>
          {row.name}
        </Link>
      ),
    },
    {
      id: 'kind',
      title: t('customers.kind'),
      width: 130,
      cell: (row) => t(`customer.${row.kind}`),
    },
    {
      id: 'contracts',
      title: t('customer.contracts'),
      cell: (row) => row.contracts.map(({ contractNo }) => contractNo).join(', '),
    },
    { id: 'address', title: t('customers.address'), cell: (row) => row.address },
  ]
}

export function CustomersScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { q = '' } = useSearch({ from: '/shell/customers' })
  const [isAdding, setAdding] = useState(false)
  const query = useInfiniteQuery(queries.customerList(q))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => customerColumns(t), [t])
  const open = ({ id }: { id: string }) =>
    void navigate({ to: '/customers/$customerId', params: { customerId: id } })
  return (
    <>
      <Head onAdd={() => setAdding(true)} />
      <div className={classes.filters} role="search">
        <SearchField
          id="customers.search"
          label={t('customers.search')}
          q={q}
          onSearch={(words) =>
            void navigate({ to: '/customers', search: words ? { q: words } : {}, replace: true })
          }
        />
      </div>
      <SavedViews
        list="customers"
        search={q === '' ? {} : { q }}
        onPick={(kept) => void navigate({ to: '/customers', search: wordsSearch(kept) })}
      />
      <DataList
        label={t('customers.title')}
        source={query}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        columns={columns}
        onOpen={open}
        empty={
          q === ''
            ? { title: t('customers.noneYet'), text: t('customers.noneYetHint') }
            : { title: t('customers.empty'), text: t('customers.emptyHint') }
        }
        foot={t('customers.total', { count: rows.length, shown: formatNumber(rows.length) })}
      />
      <Modal
        opened={isAdding}
        onClose={() => setAdding(false)}
        size="xl"
        title={t('customers.add')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <CustomerForm customer={null} onSaved={open} onClose={() => setAdding(false)} />
      </Modal>
    </>
  )
}

function Head({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation()
  const user = useUser()
  return (
    <Group justify="space-between" mb="xs">
      <Title order={1}>{t('customers.title')}</Title>
      <Group gap="xs">
        {maySee(user.role, 'customerImport') && (
          <Button size="xs" variant="default" component={Link} to="/customers/import">
            {t('customers.import')}
          </Button>
        )}
        {user.role !== 'noc' && (
          <Button size="xs" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={onAdd}>
            {t('customers.add')}
          </Button>
        )}
      </Group>
    </Group>
  )
}
