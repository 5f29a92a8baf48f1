import { useContext } from 'react'
import type { CallbackView } from '#contract/callbacks.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { CustomerCard } from '../../components/customer-card.tsx'
import { Facts } from '../../components/facts.tsx'
import { Panel } from '../../components/panel.tsx'
import { AsOf, StandsStillWithPbx } from '../../components/stands-still.tsx'
import { Elapsed } from '../../components/timers.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { callParty } from '../../state/caller.ts'
import { FrozenAt } from '../../ticker.ts'
import { OpenTickets } from '../tickets/open-tickets.tsx'
import { OutageWords } from '../tickets/outage-words.tsx'
import { PopNotice } from '../tickets/pop-notice.tsx'
import tickets from '../tickets/ticket.module.css'

interface PopPreviewProps {
  pop: ScreenPop
  promises: readonly CallbackView[]
}

/** A call before its ticket: who it may be and what is still open, to read before "a lô". */
export function PopPreview(props: PopPreviewProps) {
  return (
    <StandsStillWithPbx pbxId={props.pop.call.pbxId}>
      <Preview {...props} />
    </StandsStillWithPbx>
  )
}

function Preview({ pop, promises }: PopPreviewProps) {
  const { t } = useTranslation()
  const isStale = useContext(FrozenAt) !== null
  const party = callParty(pop, promises)
  const isHidden = party.number.kind === 'anonymous'
  const number = isHidden ? t('incoming.hidden') : party.number.display
  return (
    <div className={tickets.view}>
      <div className={tickets.column}>
        <Panel
          lead
          title={t('calls.detailTitle', { number })}
          aside={
            <>
              <AsOf />
              <Tone tone={isStale ? 'warn' : 'busy'}>
                {t(isStale ? 'connection.ringUnknown' : 'desk.stageRinging')}
              </Tone>
            </>
          }
        >
          <div className={tickets.dim} style={{ marginBottom: 8 }}>
            {t('desk.previewHint')}
          </div>
          {pop.outage && (
            <div className={tickets.notice} data-testid="outage">
              <OutageWords outage={pop.outage} />
            </div>
          )}
          <PopNotice pop={pop} />
          <Facts
            rows={[
              [t('customer.phone'), <strong key="n">{number}</strong>],
              [t('customer.title'), party.name],
              [t('queues.wait'), <Elapsed key="w" since={pop.call.enteredAt} />],
              [t('calls.queue'), pop.call.queue],
            ]}
          />
        </Panel>
      </div>
      <div className={tickets.column}>
        <OpenTickets
          ticket={null}
          ticketId={null}
          numberKey={party.number.key}
          customerId={pop.customer?.id ?? null}
          known={pop.openTickets}
        />
        <CustomerCard
          customer={pop.customer}
          candidates={pop.candidates}
          number={party.number}
          onChoose={null}
        />
      </div>
    </div>
  )
}
