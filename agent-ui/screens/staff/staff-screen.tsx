import { Button, Group, Modal, Title } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { StaffMember } from '#contract/staff.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { BrowserPhoneForm } from './browser-phone-form.tsx'
import { StaffForm } from './staff-form.tsx'
import { staffColumns } from './staff-columns.tsx'
import { useSaveStaff } from './use-save-staff.ts'

/** By id: after a conflict the form goes on with the newest row. */
type Editing = { id: string } | 'new' | null

/** Who works here: roles, extensions, and who may still sign in. */
export function StaffScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { sort } = useSearch({ from: '/shell/staff' })
  const [editing, setEditing] = useState<Editing>(null)
  const query = useQuery(queries.staff())
  const close = () => setEditing(null)
  const people = query.data?.items ?? []
  const person =
    editing === null || editing === 'new'
      ? null
      : (people.find(({ id }) => id === editing.id) ?? null)
  const columns = useMemo(() => staffColumns(t), [t])
  const verbs = useStaffVerbs(setEditing)
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={1}>{t('staff.title')}</Title>
        <Button
          size="xs"
          leftSection={<IconUserPlus size={16} aria-hidden />}
          onClick={() => setEditing('new')}
        >
          {t('staff.add')}
        </Button>
      </Group>
      <DataList
        label={t('staff.title')}
        source={query}
        rows={people}
        rowId={({ id }) => id}
        rowName={({ displayName }) => displayName}
        columns={columns}
        verbs={verbs}
        onOpen={({ id }) => setEditing({ id })}
        sort={sort}
        onSort={(next) => void navigate({ to: '/staff', search: next ? { sort: next } : {} })}
        empty={{ title: t('staff.empty') }}
      />
      <Modal
        opened={editing !== null}
        onClose={close}
        title={editing === 'new' ? t('staff.add') : t('staff.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing !== null && <StaffForm person={person} onDone={close} />}
        {person !== null && <BrowserPhoneForm person={person} />}
      </Modal>
    </>
  )
}

function useStaffVerbs(edit: (editing: Editing) => void) {
  const { t } = useTranslation()
  const user = useUser()
  const save = useSaveStaff()
  return ({ id, version, active }: StaffMember): RowVerb[] => [
    { id: 'edit', label: t('staff.edit'), key: 'e', main: true, run: () => edit({ id }) },
    ...(id === user.id
      ? []
      : [
          {
            id: 'active',
            label: t(active ? 'staff.deactivate' : 'staff.activate'),
            run: () => save.mutate({ id, change: { version, active: !active } }),
          },
        ]),
  ]
}
