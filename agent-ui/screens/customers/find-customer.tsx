import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries, refresh } from '../../queries.ts'
import { CustomerForm } from './customer-form.tsx'
import classes from './customers.module.css'

interface FindProps {
  ticket: Ticket
  onChoose: (customerId: string) => void
}

/** In the middle of a call: the right customer by a few letters, or a new one of the caller. */
export function FindCustomer({ ticket, onChoose }: FindProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [open, setOpen] = useState<'find' | 'create' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen('find')}>
        {t('customers.find')}
      </Button>
      <Modal
        opened={open !== null}
        onClose={close}
        size={open === 'create' ? 'xl' : 'md'}
        title={t(open === 'create' ? 'customers.createCaller' : 'customers.find')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {open === 'find' && (
          <Search
            onCreate={() => setOpen('create')}
            onChoose={(id) => {
              close()
              onChoose(id)
            }}
          />
        )}
        {open === 'create' && (
          <CustomerForm
            customer={null}
            caller={{
              ticketId: ticket.id,
              number: ticket.number?.key ? ticket.number.display : '',
            }}
            onClose={close}
            onSaved={() => {
              close()
              refresh(client, queries.ticket(ticket.id).queryKey)
            }}
          />
        )}
      </Modal>
    </>
  )
}

interface SearchProps {
  onChoose: (customerId: string) => void
  onCreate: () => void
}

function Search({ onChoose, onCreate }: SearchProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.normalize('NFC').trim(), 250)
  const query = useInfiniteQuery({ ...queries.customerList(q), enabled: q.length > 1 })
  const found = query.data?.pages[0]?.items.slice(0, 10) ?? []
  return (
    <Stack gap="xs" role="search">
      <TextInput
        type="search"
        data-autofocus
        label={t('customers.findHint')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {query.isLoading && <Loading rows={3} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && found.length === 0 && <div>{t('customers.none')}</div>}
      <ul className={classes.found}>
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onChoose(one.id)}>
              <strong>{one.name}</strong>
              <div className={classes.dim}>
                {[one.code, ...one.contracts.map(({ contractNo }) => contractNo), one.address]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </button>
          </li>
        ))}
      </ul>
      <Button variant="default" size="xs" onClick={onCreate}>
        {t('customers.createCaller')}
      </Button>
    </Stack>
  )
}
