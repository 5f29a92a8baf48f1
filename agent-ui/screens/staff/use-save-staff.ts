import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { StaffPatch } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { KEYS, refresh } from '../../queries.ts'

/** Saves and reloads the list, also after a conflict: then the newest row is there to look at. */
export function useSaveStaff(onRefused: (error: unknown) => void = notifyFailure) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: StaffPatch }) => api.saveStaff(id, change),
    onSettled: () => refresh(client, KEYS.staff),
    onError: onRefused,
  })
}
