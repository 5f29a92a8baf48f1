import { useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAction } from '../../../actions.ts'
import { StandsStillWithPbx } from '../../../components/stands-still.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useDesk } from '../../../live-store.ts'
import { ringingPops } from '../../../state/desk.ts'
import { isInFront, talkOf } from '../../../state/talk.ts'
import { api } from '../../../api.ts'
import { painted } from '../../../page-sight.ts'
import { queries } from '../../../queries.ts'
import { followPops, useWorkspace } from '../../../workspace-store.ts'
import { PhoneCallRow, PhoneTrouble } from '../phone/phone-row.tsx'
import { RingingRow } from './ringing-row.tsx'
import { TalkRow } from './talk-row.tsx'
import { WrapUp } from './wrap-up-row.tsx'
import { useOpenCall } from './use-open-call.ts'
import classes from './call-bar.module.css'

/** What happens on this agent’s phone now, on every screen: a bar, never a modal, and it takes no focus. */
export function CallBar() {
  const { t } = useTranslation()
  const desk = useDesk()
  const workspace = useWorkspace()
  const router = useRouter()
  const pathname = useLocation({ select: (location) => location.pathname })
  const open = useOpenCall()
  const navigate = useNavigate()
  const client = useQueryClient()
  useEffect(() => {
    const isAtDesk = () => router.state.location.pathname === '/desk'
    return followPops({
      bring: () => void (isAtDesk() || navigate({ to: '/desk' })),
      fetch: (ticketId, when) => {
        const ticket = queries.ticket(ticketId)
        if (client.getQueryData(ticket.queryKey)) return null
        const later = () => painted().then(() => api.ticket(ticketId))
        return client.prefetchQuery(when === 'now' ? ticket : { ...ticket, queryFn: later })
      },
    })
  }, [client, navigate, router])
  const ringing = desk ? ringingPops(desk) : []
  const talk = desk && talkOf(desk)
  const isShown = talk !== null && pathname === '/desk' && isInFront(workspace, talk)
  const [first] = ringing
  useAction({
    id: 'call',
    keys: 'Alt+C',
    label: t('shortcuts.ringing'),
    run: () => {
      if (talk?.ticket && !isShown) open(talk.callId, talk.ticket.id)
      else if (first) open(first.call.id, null)
    },
  })
  return (
    <section aria-label={t('incoming.region')} aria-live="polite" className={classes.bar}>
      {talk && <TalkRow key={talk.callId} talk={talk} isInFront={isShown} />}
      <StandsStillWithPbx>
        <WrapUp />
      </StandsStillWithPbx>
      {ringing.map((pop, index) => (
        <RingingRow
          key={pop.id}
          pop={pop}
          promises={desk?.callbacks ?? []}
          isAtPhone={index === 0 && !talk}
        />
      ))}
      {!talk && !first && <PhoneCallRow />}
      <PhoneTrouble />
    </section>
  )
}
