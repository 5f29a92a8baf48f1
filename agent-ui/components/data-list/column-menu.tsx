import { ActionIcon, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from '../../i18n/translation.tsx'
import type { ColumnChoice } from './list-types.ts'
import { mayHide } from './use-column-choice.ts'

interface ColumnMenuProps {
  columns: readonly { id: string; title: string; always?: boolean }[]
  choice: ColumnChoice
}

/** Which columns the list shows. */
export function ColumnMenu({ columns, choice: { hidden, onHide } }: ColumnMenuProps) {
  const { t } = useTranslation()
  const toggle = (id: string) =>
    onHide(hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id])
  return (
    <Popover position="bottom-end" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={t('list.columns')}
          title={t('list.columns')}
        >
          <IconColumns3 size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.columns')}>
        <Stack gap="xs">
          {columns.filter(mayHide).map(({ id, title }) => (
            <Checkbox
              key={id}
              size="sm"
              label={title}
              checked={!hidden.includes(id)}
              onChange={() => toggle(id)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
