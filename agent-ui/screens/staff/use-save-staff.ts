import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { StaffPatch } from '#contract/staff.ts'
import { RequestFailed, api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'

export function useSaveStaff() {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: StaffPatch }) => api.saveStaff(id, change),
    onSettled: () => client.invalidateQueries({ queryKey: ['staff'] }),
    onError: (error) => {
      if (error instanceof RequestFailed && error.kind === 'conflict') {
        const detail = error.detail ? ` ${error.detail}` : ''
        notifications.show({ color: 'red.9', message: `${t('staff.conflict')}${detail}` })
      } else notifyFailure(error)
    },
  })
}
