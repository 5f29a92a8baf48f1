import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TicketRow } from '#contract/tickets.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { mayRunOutages } from '../../state/outage-entry.ts'
import { leads, peopleOf } from '../../state/team-work.ts'
import { MOST_AT_ONCE } from '../outages/use-link-tickets.ts'
import { AssignDialog } from '../work/assign-dialog.tsx'
import { BulkLinkDialog } from './bulk-link-dialog.tsx'

interface BulkProps {
  rows: readonly TicketRow[]
  /** It was done: nothing is chosen any more. */
  onDone: () => void
}

/** What this person may do to many chosen tickets at once: link them to an outage, give them out. */
export function BulkActions({ rows, onDone }: BulkProps) {
  const { t } = useTranslation()
  const user = useUser()
  const [asking, setAsking] = useState<'link' | 'assign' | null>(null)
  const teams = useQuery(queries.teams()).data?.items ?? []
  const kinds = [...new Set(rows.map(({ team }) => team))]
  const [kind] = kinds
  const ofKind = teams.filter((team) => team.active && team.kind === kind)
  const mayAssign = user.role !== 'admin' && teams.some((team) => leads(user, team))
  const close = () => setAsking(null)
  if (rows.length > MOST_AT_ONCE) return t('list.tooMany', { most: MOST_AT_ONCE })
  return (
    <>
      {mayRunOutages(user.role) && (
        <Button size="compact-sm" variant="default" onClick={() => setAsking('link')}>
          {t('outages.link')}
        </Button>
      )}
      {mayAssign && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={kinds.length > 1}
          onClick={() => setAsking('assign')}
        >
          {t('work.assign')}
        </Button>
      )}
      {mayAssign && kinds.length > 1 && <Text size="xs">{t('work.mixedKinds')}</Text>}
      {asking === 'link' && <BulkLinkDialog rows={rows} onClose={close} onDone={onDone} />}
      {asking === 'assign' && (
        <AssignDialog
          rows={rows}
          people={peopleOf(ofKind)}
          teams={ofKind.length > 1 ? ofKind : []}
          onClose={close}
          onDone={onDone}
        />
      )}
    </>
  )
}
