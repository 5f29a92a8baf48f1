import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { SearchField } from '../../components/search-field.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import {
  callDays,
  callSearch,
  CALLS_SHOWN,
  isNarrowed,
  type CallSearch,
} from '../../state/call-search.ts'
import { isDay, localDay } from '../../state/local-time.ts'
import classes from './call.module.css'

/** What the list of calls is narrowed to, kept in its address. */
export function CallFilters({ search }: { search: CallSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const set = (change: Record<string, string>) =>
    void navigate({ to: '/calls', search: callSearch({ ...search, ...change }), replace: true })
  const { from = '', to = '' } = callDays(search, localDay(Date.now()))
  return (
    <div className={classes.filters} role="search">
      <SearchField
        id="calls.search"
        label={t('calls.search')}
        className={classes.search}
        q={search.q ?? ''}
        onSearch={(q) => set({ q })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('calls.filter')}
        value={search.direction ?? 'all'}
        data={[undefined, ...CALLS_SHOWN].map((value) => ({
          value: value ?? 'all',
          label: t(`calls.${value ?? 'all'}`),
        }))}
        onChange={(direction) => set({ direction })}
      />
      <DayField
        label={t('calls.from')}
        short={t('calls.fromShort')}
        day={from}
        onDay={(day) => set({ from: day })}
      />
      <DayField
        label={t('calls.to')}
        short={t('calls.toShort')}
        day={to}
        onDay={(day) => set({ to: day })}
      />
      <AgentField agent={search.agent ?? ''} onAgent={(agent) => set({ agent })} />
      {isNarrowed(search) && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => void navigate({ to: '/calls', search: {} })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}

interface DayFieldProps {
  label: string
  /** What of it stands in the field. */
  short: string
  /** The day that the list has; empty: none. */
  day: string
  onDay: (day: string) => void
}

/** A day; one that is half typed changes nothing yet. */
function DayField({ label, short, day, onDay }: DayFieldProps) {
  const [typed, setTyped] = useState(day)
  useEffect(() => setTyped(day), [day])
  return (
    <TextInput
      className={classes.day ?? ''}
      size="xs"
      type="date"
      aria-label={label}
      title={label}
      leftSection={<span aria-hidden>{short}</span>}
      leftSectionWidth={38}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        if (value === '' || isDay(value)) onDay(value)
      }}
      onBlur={() => setTyped(day)}
    />
  )
}

function AgentField({ agent, onAgent }: { agent: string; onAgent: (agent: string) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery({ ...queries.directory(), refetchInterval: false })
  const people = data?.people ?? []
  return (
    <NativeSelect
      size="xs"
      aria-label={t('calls.agent')}
      value={agent}
      data={[
        { value: '', label: t('calls.everybody') },
        ...people.map(({ id, displayName }) => ({ value: id, label: displayName })),
        // a view that was kept may name somebody who has no phone any more
        ...(agent !== '' && data !== undefined && !people.some(({ id }) => id === agent)
          ? [{ value: agent, label: t('calls.otherAgent') }]
          : []),
      ]}
      onChange={({ currentTarget: { value } }) => onAgent(value)}
    />
  )
}
