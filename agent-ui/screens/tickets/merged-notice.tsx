import { Button } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Ticket } from '#contract/tickets.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUnmerge } from './use-merge.tsx'
import classes from './ticket.module.css'

/** Of a ticket that is part of another: where it went, and the way back while there is one. */
export function MergedNotice({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const undo = useUnmerge()
  if (ticket.mergedInto === null) return null
  const mayUndo = ticket.actions.some(({ action }) => action === 'unmerge')
  return (
    <div className={classes.notice} data-testid="merged-notice">
      <IconGitMerge size={16} aria-hidden />
      {t('process.mergedInto')}
      <Link to="/tickets/$ticketId" params={{ ticketId: ticket.mergedInto.id }}>
        {ticket.mergedInto.code}
      </Link>
      {mayUndo && (
        <Button
          size="compact-xs"
          variant="default"
          ml="auto"
          loading={undo.isPending}
          onClick={() => undo.mutate(ticket)}
        >
          {t('action.unmerge')}
        </Button>
      )}
    </div>
  )
}
