import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { intakeChannel, team } from '#contract/tickets.ts'
import { useSaid } from '../../components/said.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { ticketSearch } from '../../state/ticket-search.ts'
import type { TicketSearch } from '../../state/ticket-search.ts'
import { ticketKind } from './ticket-options.ts'
import classes from './ticket.module.css'

type Filter = 'team' | 'kind' | 'channel' | 'promise' | 'category'

/** What the list is narrowed to, kept in its address. */
export function TicketFilters({ search }: { search: TicketSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const choices = useChoices()
  const set = (change: Record<string, string>) =>
    void navigate({ to: '/tickets', search: ticketSearch({ ...search, ...change }) })
  const chosen = choices.filter(({ filter }) => search[filter] !== undefined)
  return (
    <div className={classes.filters}>
      {choices.map(({ filter, options }) => (
        <NativeSelect
          key={filter}
          size="xs"
          aria-label={t('filter.label', { what: t(`filter.${filter}`) })}
          value={search[filter] ?? ''}
          data={[
            { value: '', label: t('filter.all', { what: t(`filter.${filter}`) }) },
            ...options,
          ]}
          onChange={(event) => set({ [filter]: event.currentTarget.value })}
        />
      ))}
      {chosen.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => set(Object.fromEntries(chosen.map(({ filter }) => [filter, ''])))}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}

function useChoices(): { filter: Filter; options: { value: string; label: string }[] }[] {
  const { t } = useTranslation()
  const said = useSaid()
  const checklists = useQuery(queries.checklists())
  return [
    {
      filter: 'team',
      options: team.options.map((value) => ({ value, label: t(`teamKind.${value}`) })),
    },
    {
      filter: 'category',
      options: (checklists.data?.items ?? [])
        .filter(({ category }) => category !== 'GEN')
        .map(({ category, content }) => ({ value: category, label: said(content.short) })),
    },
    {
      filter: 'kind',
      options: ticketKind.map((value) => ({ value, label: t(`kind.${value}`) })),
    },
    {
      filter: 'channel',
      options: intakeChannel.options.map((value) => ({ value, label: t(`channel.${value}`) })),
    },
    {
      filter: 'promise',
      options: [
        { value: 'open', label: t('filter.promiseOpen') },
        { value: 'late', label: t('filter.promiseLate') },
        { value: 'none', label: t('filter.promiseNone') },
      ],
    },
  ]
}
