import { IconCircleCheck, IconLock } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { StaffMember } from '#contract/staff.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { Tone } from '../../components/tone.tsx'

const byText = (of: (person: StaffMember) => string) => (a: StaffMember, b: StaffMember) =>
  of(a).localeCompare(of(b), 'vi', { numeric: true })

export function staffColumns(t: TFunction): readonly ListColumn<StaffMember>[] {
  return [
    {
      id: 'displayName',
      title: t('staff.displayName'),
      cell: (person) => <strong>{person.displayName}</strong>,
      compare: byText((person) => person.displayName),
    },
    {
      id: 'username',
      title: t('staff.username'),
      cell: (person) => person.username,
      compare: byText((person) => person.username),
    },
    {
      id: 'role',
      title: t('staff.role'),
      width: 160,
      cell: (person) => t(`role.${person.role}`),
      compare: byText((person) => person.role),
    },
    {
      id: 'extension',
      title: t('staff.extension'),
      width: 120,
      cell: (person) => person.extension ?? t('common.none'),
      compare: byText((person) => person.extension ?? ''),
    },
    {
      id: 'active',
      title: t('ticket.status'),
      width: 170,
      cell: (person) =>
        person.active ? (
          <Tone tone="ok" icon={<IconCircleCheck size={14} aria-hidden />}>
            {t('staff.active')}
          </Tone>
        ) : (
          <Tone tone="calm" icon={<IconLock size={14} aria-hidden />}>
            {t('staff.inactive')}
          </Tone>
        ),
      compare: byText((person) => (person.active ? '0' : '1')),
    },
  ]
}
