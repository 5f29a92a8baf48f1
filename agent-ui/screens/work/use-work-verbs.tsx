import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TeamView } from '#contract/casework/teams.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { leads, workVerbs } from '../../state/team-work.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { HandBackDialog } from './hand-back-dialog.tsx'
import { usePlaceCall } from './use-place-call.ts'

type Asking = { what: 'assign' | 'hand_back'; row: TicketRow } | null

/** What may be done to the rows of a team, with the dialogs that some of it needs. */
export function useWorkVerbs(team: TeamView, teams: readonly TeamView[]) {
  const { t } = useTranslation()
  const user = useUser()
  const [asking, setAsking] = useState<Asking>(null)
  const take = useTake()
  const call = usePlaceCall()
  const isLead = leads(user, team)
  const verbs = (row: TicketRow): RowVerb[] => [
    ...workVerbs(row, user, isLead).map((verb): RowVerb => {
      switch (verb) {
        case 'accept':
          return {
            id: verb,
            label: t('work.accept'),
            key: 'n',
            main: true,
            run: () => take.mutate(row),
          }
        case 'take':
          return {
            id: verb,
            label: t('work.take'),
            key: 'n',
            main: true,
            run: () => take.mutate(row),
          }
        case 'assign':
          return {
            id: verb,
            label: t('work.assign'),
            key: 'c',
            run: () => setAsking({ what: verb, row }),
          }
        case 'hand_back':
          return {
            id: verb,
            label: t('work.handBack'),
            key: 'r',
            run: () => setAsking({ what: verb, row }),
          }
        default:
          return verb satisfies never
      }
    }),
    ...(row.assignee?.id === user.id
      ? [{ id: 'call', label: t('work.call'), run: () => call.place({ ticketId: row.id }) }]
      : []),
  ]
  const close = () => setAsking(null)
  const dialog =
    asking === null ? null : asking.what === 'assign' ? (
      <AssignDialog
        rows={[asking.row]}
        people={team.members}
        teams={teams.filter(({ id, kind }) => kind === team.kind && id !== team.id)}
        onClose={close}
      />
    ) : (
      <HandBackDialog row={asking.row} onClose={close} />
    )
  return { verbs, dialog }
}

/** At its first stage a ticket is accepted, which the process counts; later it is only taken. */
function useTake() {
  const { t } = useTranslation()
  const user = useUser()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (row: TicketRow) =>
      row.status === 'noc_queued' || row.status === 'field_queued'
        ? api.act(row.id, 'accept', row.version, { staffId: user.id })
        : api.takeTicket(row.id),
    onSuccess: (_, row) => notifyDone(t('work.taken', { code: row.code })),
    onError: notifyFailure,
    onSettled: () => {
      refresh(client, KEYS.teams)
      refresh(client, KEYS.tickets)
    },
  })
}
