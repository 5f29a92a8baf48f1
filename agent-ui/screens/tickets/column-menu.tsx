import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { HIDEABLE } from '../../state/ticket-search.ts'
import type { HideableColumn, TicketSearch } from '../../state/ticket-search.ts'

const TITLES = {
  who: 'customer.title',
  assignee: 'ticket.assignee',
  received: 'ticket.receivedAt',
  due: 'ticket.dueAt',
} as const satisfies Record<HideableColumn, string>

interface ColumnMenuProps {
  search: TicketSearch
  /** Empty: every column is shown. */
  onHide: (hide: string) => void
}

/** Which columns the list shows; kept in its address, and so in a saved view. */
export function ColumnMenu({ search, onHide }: ColumnMenuProps) {
  const { t } = useTranslation()
  const hidden = search.hide?.split(',') ?? []
  const toggle = (column: string) =>
    onHide(
      (hidden.includes(column) ? hidden.filter((one) => one !== column) : [...hidden, column]).join(
        ',',
      ),
    )
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t('list.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.columns')}>
        <Stack gap="xs">
          {HIDEABLE.map((column) => (
            <Checkbox
              key={column}
              size="sm"
              label={t(TITLES[column])}
              checked={!hidden.includes(column)}
              onChange={() => toggle(column)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
