import { Alert, Button, Group, Table, Text } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { hasText } from '../../i18n/known-text.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { vi } from '../../i18n/vi.ts'
import type { FieldConflict } from '../../state/ticket-draft.ts'
import type { TicketEdit } from './use-ticket-draft.ts'

/** Both wrote the same field: shows both texts and lets the agent choose. */
export function TicketConflict({ edit }: { edit: TicketEdit }) {
  const { t } = useTranslation()
  return (
    <Alert
      color="yellow.9"
      variant="outline"
      icon={<IconGitMerge aria-hidden />}
      title={t('ticket.conflictTitle')}
      role="alert"
    >
      <Text size="sm">{t('ticket.conflictText')}</Text>
      <Table my="xs" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            <Table.Th>{t('ticket.conflictMine')}</Table.Th>
            <Table.Th>{t('ticket.conflictTheirs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {edit.conflicts.map((conflict) => (
            <ConflictRow key={conflict.field} conflict={conflict} />
          ))}
        </Table.Tbody>
      </Table>
      <Group gap="xs">
        <Button size="xs" onClick={edit.keepMine}>
          {t('ticket.keepMine')}
        </Button>
        <Button size="xs" variant="default" onClick={edit.discard}>
          {t('ticket.takeTheirs')}
        </Button>
      </Group>
    </Alert>
  )
}

function ConflictRow({ conflict }: { conflict: FieldConflict }) {
  const { t } = useTranslation()
  const shown = (value: string): string => {
    if (conflict.field === 'kind' && hasText(vi.kind, value)) return t(`kind.${value}`)
    if (conflict.field === 'priority' && hasText(vi.priority, value)) return t(`priority.${value}`)
    return value || t('common.none')
  }
  return (
    <Table.Tr>
      <Table.Td>{t(`ticket.${conflict.field}`)}</Table.Td>
      <Table.Td className="wrap-anywhere">{shown(conflict.mine)}</Table.Td>
      <Table.Td className="wrap-anywhere">{shown(conflict.theirs)}</Table.Td>
    </Table.Tr>
  )
}
