import { Button, Group, Table } from '@mantine/core'
import { IconCircleCheck, IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StaffMember } from '#contract/staff.ts'
import { Tone } from '../../components/tone.tsx'
import { useUser } from '../../session.ts'
import { useSaveStaff } from './use-save-staff.ts'

interface StaffTableProps {
  people: readonly StaffMember[]
  onEdit: (person: StaffMember) => void
}

export function StaffTable({ people, onEdit }: StaffTableProps) {
  const { t } = useTranslation()
  return (
    <Table verticalSpacing={6} bg="var(--surface)" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('staff.displayName')}</Table.Th>
          <Table.Th>{t('staff.username')}</Table.Th>
          <Table.Th>{t('staff.role')}</Table.Th>
          <Table.Th>{t('staff.extension')}</Table.Th>
          <Table.Th>{t('ticket.status')}</Table.Th>
          <Table.Th ta="right">{t('common.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Row key={person.id} person={person} onEdit={onEdit} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ person, onEdit }: { person: StaffMember; onEdit: (person: StaffMember) => void }) {
  const { t } = useTranslation()
  const user = useUser()
  const save = useSaveStaff()
  const name = person.displayName
  const { id, version, active } = person
  return (
    <Table.Tr>
      <Table.Td>
        <strong>{name}</strong>
      </Table.Td>
      <Table.Td>{person.username}</Table.Td>
      <Table.Td>{t(`role.${person.role}`)}</Table.Td>
      <Table.Td className="numeric">{person.extension ?? t('common.none')}</Table.Td>
      <Table.Td>
        {active ? (
          <Tone tone="ok" icon={<IconCircleCheck size={14} aria-hidden />}>
            {t('staff.active')}
          </Tone>
        ) : (
          <Tone tone="calm" icon={<IconLock size={14} aria-hidden />}>
            {t('staff.inactive')}
          </Tone>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('staff.editOf', { name })}
            onClick={() => onEdit(person)}
          >
            {t('staff.edit')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t(active ? 'staff.deactivateOf' : 'staff.activateOf', { name })}
            loading={save.isPending}
            disabled={id === user.id}
            onClick={() => save.mutate({ id, change: { version, active: !active } })}
          >
            {t(active ? 'staff.deactivate' : 'staff.activate')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
