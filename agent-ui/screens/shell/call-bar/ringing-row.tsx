import { Button } from '@mantine/core'
import { IconPhoneCall } from '@tabler/icons-react'
import { useContext } from 'react'
import type { CallbackView } from '#contract/callbacks.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { AsOf, StandsStillWithPbx } from '../../../components/stands-still.tsx'
import { Elapsed } from '../../../components/timers.tsx'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { callParty } from '../../../state/caller.ts'
import { formatShort } from '../../../state/local-time.ts'
import { FrozenAt, useServerNow } from '../../../ticker.ts'
import { OutageWords } from '../../tickets/outage-words.tsx'
import { PhoneControls } from '../phone/phone-controls.tsx'
import { useOpenCall } from './use-open-call.ts'
import classes from './call-bar.module.css'

interface RingingProps {
  pop: ScreenPop
  promises: readonly CallbackView[]
  /** It is what rings at the phone of this page, if anything does. */
  isAtPhone?: boolean
}

/** A call that rings at this agent’s phone, as far as is known. */
export function RingingRow(props: RingingProps) {
  return (
    <StandsStillWithPbx pbxId={props.pop.call.pbxId}>
      <Row {...props} />
    </StandsStillWithPbx>
  )
}

function Row({ pop, promises, isAtPhone = false }: RingingProps) {
  const { t } = useTranslation()
  const isStale = useContext(FrozenAt) !== null
  const open = useOpenCall()
  const party = callParty(pop, promises)
  const who =
    party.name ??
    (pop.candidates.length > 1
      ? t('incoming.candidates', { count: pop.candidates.length })
      : t('common.unknownCaller'))
  return (
    <div className={classes.ringing} data-testid="incoming-call" data-stale={isStale}>
      <IconPhoneCall size={22} className={classes.ringIcon} aria-hidden />
      <span className={`${classes.number} numeric`}>
        {party.number.kind === 'anonymous' ? t('incoming.hidden') : party.number.display}
      </span>
      <div className={`${classes.who} ${classes.name}`}>
        <strong>{who}</strong>
        {party.address !== null && ` · ${party.address}`}
      </div>
      {isStale && <Tone tone="warn">{t('connection.ringUnknown')}</Tone>}
      <RingingFacts pop={pop} />
      <Button size="xs" variant="default" onClick={() => open(pop.call.id, null)} title="Alt+C">
        {t('incoming.preview')}
      </Button>
      {isAtPhone && <PhoneControls />}
    </div>
  )
}

function RingingFacts({ pop }: { pop: ScreenPop }) {
  const { t } = useTranslation()
  const now = useServerNow()
  return (
    <>
      {pop.notice === 'callback' && <Tone tone="busy">{t('incoming.callback')}</Tone>}
      {pop.promise && pop.notice !== 'callback' && (
        <Tone tone="warn">
          {t('incoming.promise', { time: formatShort(pop.promise.dueAt, now) })}
        </Tone>
      )}
      {pop.promise && pop.promise.note !== '' && (
        <span className={classes.promised} title={pop.promise.note}>
          {t('incoming.promisedNote', { note: pop.promise.note })}
        </span>
      )}
      {pop.outage && (
        <Tone tone="bad">
          <OutageWords outage={pop.outage} />
        </Tone>
      )}
      {pop.openTickets.length > 0 && (
        <Tone tone="warn">{t('incoming.openTickets', { count: pop.openTickets.length })}</Tone>
      )}
      {pop.call.queue !== null && <span>{t('incoming.queue', { queue: pop.call.queue })}</span>}
      <span className="numeric">
        {t('incoming.wait', { time: '' })}
        <Elapsed since={pop.call.enteredAt} />
      </span>
      <AsOf />
    </>
  )
}
