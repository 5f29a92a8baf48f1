import { IconLifebuoy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { HelpView } from '#contract/supervision/help.ts'
import { OrderButton } from '../../components/order-button.tsx'
import { Elapsed } from '../../components/timers.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { byNeed, isAsking } from '../../state/help.ts'
import { useCoarseNow } from '../../ticker.ts'
import { maySee } from '../screen-table.ts'
import classes from './shift.module.css'
import { useOwnHelp, useTakeHelp } from './use-help.ts'

/** More would leave no room for the work itself. */
const MOST_SHOWN = 3

/** Over every screen: to an agent their own request, to supervisors who asks. */
export function HelpStrip() {
  const { t } = useTranslation()
  const { role } = useUser()
  const isLead = maySee(role, 'shift')
  if (!isLead && role !== 'agent') return null
  return (
    <section aria-label={t('help.region')} aria-live="polite" className={classes.strip}>
      {isLead ? <WhoAsks /> : <OwnRequest />}
    </section>
  )
}

function OwnRequest() {
  const { t } = useTranslation()
  const { help, withdraw } = useOwnHelp()
  if (help === null) return null
  const { takenBy } = help
  return (
    <div className={classes.line} data-testid="own-help">
      <IconLifebuoy size={18} className={classes.icon} aria-hidden />
      <strong>
        {takenBy === null ? t('help.waiting') : t('help.coming', { name: takenBy.displayName })}
      </strong>
      <Elapsed since={help.askedAt} label={t('help.since')} />
      <OrderButton
        size="compact-sm"
        variant="default"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate(help.id)}
      >
        {t('help.withdraw')}
      </OrderButton>
    </div>
  )
}

function WhoAsks() {
  const { t } = useTranslation()
  const asking = useAsking()
  const waiting = byNeed(asking).filter(({ takenBy }) => takenBy === null)
  const more = waiting.length - MOST_SHOWN
  return (
    <>
      {waiting.slice(0, MOST_SHOWN).map((help) => (
        <Asking key={help.id} help={help} />
      ))}
      {more > 0 && <div className={classes.line}>{t('help.more', { count: more })}</div>}
    </>
  )
}

function Asking({ help }: { help: HelpView }) {
  const { t } = useTranslation()
  const take = useTakeHelp()
  const { agent, ticket, callId, askedAt } = help
  return (
    <div className={classes.line} data-testid={`help-${agent.id}`}>
      <IconLifebuoy size={18} className={classes.icon} aria-hidden />
      <strong>{t('help.asks', { name: agent.displayName })}</strong>
      <span className="numeric">{agent.extension}</span>
      <Elapsed since={askedAt} label={t('help.since')} />
      {ticket !== null && (
        <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
          {ticket.code}
        </Link>
      )}
      {callId !== null && (
        <Link to="/calls/$callId" params={{ callId }}>
          {t('help.call')}
        </Link>
      )}
      <OrderButton size="compact-sm" loading={take.isPending} onClick={() => take.mutate(help.id)}>
        {t('help.take')}
      </OrderButton>
    </div>
  )
}

/** Who asks now, as supervisors see it. */
export function useAsking(): readonly HelpView[] {
  const now = useCoarseNow()
  const query = useQuery(queries.help())
  return (query.data?.items ?? []).filter((help) => isAsking(help, now))
}
