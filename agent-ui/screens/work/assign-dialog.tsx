import { Modal, NativeSelect, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { TeamView } from '#contract/casework/teams.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { KEYS, refresh } from '../../queries.ts'

interface AssignProps {
  row: TicketRow
  team: TeamView
  teams: readonly TeamView[]
  onClose: () => void
}

const chosen = z.object({ to: z.string().min(1) })

/** To a person of the team, or to another team of the same kind. */
export function AssignDialog({ row, team, teams, onClose }: AssignProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const assign = useMutation({
    mutationFn: (to: string) => {
      const isTeam = to.startsWith('team:')
      const id = to.slice(to.indexOf(':') + 1)
      return api.assignTicket(row.id, row.version, isTeam ? { teamId: id } : { staffId: id })
    },
    onSuccess: () => {
      notifyDone(t('work.assigned', { code: row.code }))
      onClose()
    },
    onError: (error) => draft.refuse(error),
    onSettled: () => refresh(client, KEYS.teams),
  })
  const draft = useDraftForm({
    key: null,
    schema: chosen,
    initial: { to: '' },
    onSubmit: ({ to }) => assign.mutate(to),
  })
  const others = teams.filter(({ id, kind }) => kind === team.kind && id !== team.id)
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t('work.assign')}: ${row.code}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form {...draft.props} aria-label={t('work.assign')}>
        <Stack gap="sm">
          <NativeSelect
            label={t('work.toPerson')}
            data-autofocus
            data={[
              { value: '', label: t('process.choose') },
              ...team.members.map(({ id, displayName }) => ({
                value: `person:${id}`,
                label: displayName,
              })),
              ...(others.length === 0
                ? []
                : [
                    {
                      group: t('work.toTeam'),
                      items: others.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
                    },
                  ]),
            ]}
            {...draft.form.getInputProps('to')}
          />
          <FormButtons submit={t('work.assign')} isSaving={assign.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
