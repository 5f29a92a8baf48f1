import { Anchor, Button, Group } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from '../../i18n/translation.tsx'
import { keptListSearch } from '../../list-address.ts'
import { useDesk } from '../../live-store.ts'
import { useUser } from '../../session.ts'
import { maySee } from '../screen-table.ts'
import { step } from '../../workspace-store.ts'
import { TicketView } from './ticket-view.tsx'

/** One ticket by its address, for links and for people without a desk. */
export function TicketScreen() {
  const { t } = useTranslation()
  const { ticketId } = useParams({ from: '/shell/tickets/$ticketId' })
  const user = useUser()
  const navigate = useNavigate()
  const pop = useDesk()?.pops.find((shown) => shown.ticket?.id === ticketId)
  const toDesk = () => {
    step({ type: 'ticket_opened', ticketId })
    void navigate({ to: '/desk' })
  }
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/tickets" search={keptListSearch()} />}
        >
          ← {t('tickets.title')}
        </Anchor>
        {maySee(user.role, 'desk') && (
          <Button size="compact-sm" variant="default" onClick={toDesk}>
            {t('screen.desk')} →
          </Button>
        )}
      </Group>
      <TicketView key={ticketId} ticketId={ticketId} pop={pop} />
    </>
  )
}
