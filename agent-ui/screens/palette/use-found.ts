import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { usePageActions } from '../../actions.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { matching, numberIn } from '../../state/palette.ts'
import { step } from '../../workspace-store.ts'
import { maySee } from '../screen-table.ts'
import { usePlaceCall } from '../work/use-place-call.ts'

export interface Found {
  id: string
  label: string
  detail?: string | undefined
  keys?: string | null
  run: () => void
}

export interface FoundGroup {
  group: 'calls' | 'actions' | 'tickets' | 'customers'
  items: readonly Found[]
}

/** Fewer letters are in nearly everything. */
const LEAST_LETTERS = 2

/** Everything that goes with these words: a number to call, what can be done now, tickets, customers. */
export function useFound(query: string): { groups: FoundGroup[]; isSearching: boolean } {
  const typed = query.normalize('NFC').trim()
  const [settled] = useDebouncedValue(typed.length < LEAST_LETTERS ? '' : typed, 200)
  const tickets = useTickets(settled)
  const customers = useCustomers(settled)
  const isSearching =
    typed.length >= LEAST_LETTERS &&
    (settled !== typed || tickets.isFetching || customers.isFetching)
  const groups: FoundGroup[] = [
    { group: 'calls', items: useCalls(typed) },
    { group: 'actions', items: useMatchingActions(typed) },
    { group: 'tickets', items: tickets.items },
    { group: 'customers', items: customers.items },
  ]
  return { groups: groups.filter(({ items }) => items.length > 0), isSearching }
}

function isScreen({ id }: { id: string }): boolean {
  return id.startsWith('screen.')
}

function useMatchingActions(query: string): Found[] {
  const known = usePageActions()
  // walking a list is for the list's own keys
  const offered = known.filter(({ id }) => id !== 'palette' && !id.startsWith('list.'))
  // what was offered last is nearest to the work in front
  const nearest = offered.filter((action) => !isScreen(action)).toReversed()
  return matching([...nearest, ...offered.filter(isScreen)], query).map(
    ({ id, keys, label, run }) => ({ id, label, keys, run }),
  )
}

function useCalls(query: string): Found[] {
  const { t } = useTranslation()
  const user = useUser()
  const { place } = usePlaceCall()
  const number = numberIn(query)
  if (number === null || user.extension === null || !maySee(user.role, 'calls')) return []
  const run = () => place({ number })
  return [{ id: 'call', label: t('palette.call', { number }), run }]
}

function useTickets(q: string) {
  const { t } = useTranslation()
  const user = useUser()
  const navigate = useNavigate()
  const { data, isFetching } = useQuery(queries.ticketsFound(q))
  const open = (ticketId: string) => {
    if (!maySee(user.role, 'desk')) {
      return void navigate({ to: '/tickets/$ticketId', params: { ticketId } })
    }
    step({ type: 'ticket_opened', ticketId })
    void navigate({ to: '/desk' })
  }
  const items = (data?.items ?? []).map(({ id, code, subject, customer, number }): Found => {
    const who = customer?.name ?? number?.display
    return {
      id: `ticket.${id}`,
      label: [who, code].filter(Boolean).join(' · '),
      detail: subject || t('ticket.noSubject'),
      run: () => open(id),
    }
  })
  return { items, isFetching }
}

function useCustomers(q: string) {
  const user = useUser()
  const navigate = useNavigate()
  const mayRead = maySee(user.role, 'customers')
  const { data, isFetching } = useQuery(queries.customersFound(mayRead ? q : ''))
  const items = (data?.items ?? []).map(({ id, name, code, address }): Found => ({
    id: `customer.${id}`,
    label: name,
    detail: [code, address].filter(Boolean).join(' · '),
    run: () => void navigate({ to: '/customers/$customerId', params: { customerId: id } }),
  }))
  return { items, isFetching }
}
