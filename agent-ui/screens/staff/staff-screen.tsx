import { Button, Group, Modal, Title } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { StaffForm } from './staff-form.tsx'
import { StaffTable } from './staff-table.tsx'

/** By id: after a conflict the form goes on with the newest row. */
type Editing = { id: string } | 'new' | null

/** Who works here: roles, extensions, and who may still sign in. */
export function StaffScreen() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<Editing>(null)
  const query = useQuery({ queryKey: ['staff'], queryFn: api.staff })
  const close = () => setEditing(null)
  const people = query.data?.items ?? []
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
      {query.isPending && <Loading />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && people.length === 0 && <Empty title={t('staff.empty')} />}
      {people.length > 0 && <StaffTable people={people} onEdit={({ id }) => setEditing({ id })} />}
      <Modal
        opened={editing !== null}
        onClose={close}
        title={editing === 'new' ? t('staff.add') : t('staff.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing !== null && (
          <StaffForm
            person={
              editing === 'new' ? null : (people.find((row) => row.id === editing.id) ?? null)
            }
            onDone={close}
          />
        )}
      </Modal>
    </>
  )
}
