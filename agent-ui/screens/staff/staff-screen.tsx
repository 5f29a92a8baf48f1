import { Button, Group, Modal, Title } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffMember } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { StaffForm } from './staff-form.tsx'
import { StaffTable } from './staff-table.tsx'

/** Who works here: roles, extensions, and who may still sign in. */
export function StaffScreen() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<StaffMember | 'new' | null>(null)
  const query = useQuery({ queryKey: ['staff'], queryFn: api.staff })
  const close = () => setEditing(null)
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
      {query.data?.items.length === 0 && <Empty title={t('staff.empty')} />}
      {query.data && query.data.items.length > 0 && (
        <StaffTable people={query.data.items} onEdit={setEditing} />
      )}
      <Modal
        opened={editing !== null}
        onClose={close}
        title={editing === 'new' ? t('staff.add') : t('staff.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing !== null && (
          <StaffForm person={editing === 'new' ? null : editing} onDone={close} />
        )}
      </Modal>
    </>
  )
}
