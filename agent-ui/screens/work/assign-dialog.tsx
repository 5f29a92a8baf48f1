import { Modal, NativeSelect, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import type { TeamView } from '#contract/casework/teams.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { RequestFailed } from '../../request.ts'
import { BulkRefusal } from '../../components/bulk-refusal.tsx'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { KEYS, refresh } from '../../queries.ts'

interface AssignProps {
  /** All of the same kind of team. */
  rows: readonly TicketRow[]
  people: TeamView['members']
  /** Teams that they can be given to as a whole. */
  teams: readonly TeamView[]
  onClose: () => void
  onDone?: () => void
}

const chosen = z.object({ to: z.string().min(1) })

/** To a person of the team, or to another team of the same kind: one ticket, or many at once. */
export function AssignDialog({ rows, people, teams, onClose, onDone }: AssignProps) {
  const { t } = useTranslation()
  const what =
    rows.length === 1 ? (rows[0]?.code ?? '') : t('work.ticketCount', { count: rows.length })
  const assign = useAssign(rows, {
    onDone() {
      notifyDone(t('work.assigned', { code: what }))
      onDone?.()
      onClose()
    },
    onRefused(error) {
      const isBulk = error instanceof RequestFailed && error.faults.some(isOfTickets)
      if (!isBulk) draft.refuse(error)
    },
  })
  const draft = useDraftForm({
    key: null,
    schema: chosen,
    initial: { to: '' },
    onSubmit: ({ to }) => assign.mutate(to),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t('work.assign')}: ${what}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form {...draft.props} aria-label={t('work.assign')}>
        <Stack gap="sm">
          <NativeSelect
            label={t('work.toPerson')}
            data-autofocus
            data={[
              { value: '', label: t('process.choose') },
              ...people.map(({ id, displayName }) => ({
                value: `person:${id}`,
                label: displayName,
              })),
              ...(teams.length === 0
                ? []
                : [
                    {
                      group: t('work.toTeam'),
                      items: teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
                    },
                  ]),
            ]}
            {...draft.form.getInputProps('to')}
          />
          {assign.error instanceof RequestFailed && assign.error.faults.some(isOfTickets) && (
            <BulkRefusal error={assign.error} names={rows.map(({ code }) => code)} />
          )}
          <FormButtons submit={t('work.assign')} isSaving={assign.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}

function isOfTickets({ path }: { path: string }): boolean {
  return path.startsWith('tickets.')
}

interface AssignHooks {
  onDone: () => void
  onRefused: (error: unknown) => void
}

function useAssign(rows: readonly TicketRow[], { onDone, onRefused }: AssignHooks) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (to: string): Promise<unknown> => {
      const id = to.slice(to.indexOf(':') + 1)
      const owner = to.startsWith('team:') ? { teamId: id } : { staffId: id }
      const [one] = rows
      if (rows.length === 1 && one) return api.assignTicket(one.id, one.version, owner)
      return api.assignTickets(
        rows.map(({ id: ticketId, version }) => ({ id: ticketId, version })),
        owner,
      )
    },
    onSuccess: onDone,
    onError: onRefused,
    onSettled: () => {
      refresh(client, KEYS.teams)
      refresh(client, KEYS.tickets)
    },
  })
}
