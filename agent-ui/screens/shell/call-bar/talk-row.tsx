import { Button } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { AsOf, StandsStillWithPbx } from '../../../components/stands-still.tsx'
import { Elapsed } from '../../../components/timers.tsx'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import type { Talk } from '../../../state/talk.ts'
import { PhoneControls } from '../phone/phone-controls.tsx'
import { TalkControls } from './talk-controls.tsx'
import { useControlLack } from './use-call-control.ts'
import { useOpenCall } from './use-open-call.ts'
import classes from './call-bar.module.css'

interface TalkProps {
  talk: Talk
  isInFront: boolean
}

/** The call that this person is on; marked until its work is in front. */
export function TalkRow(props: TalkProps) {
  return (
    <StandsStillWithPbx pbxId={props.talk.pbxId}>
      <Row {...props} />
    </StandsStillWithPbx>
  )
}

function Row({ talk, isInFront }: TalkProps) {
  const { t } = useTranslation()
  const open = useOpenCall()
  const { status, number, ticket } = talk
  const lack = useControlLack(talk.pbxId)
  const isSteered = lack === null || lack === 'dialplan'
  const shown = number.kind === 'anonymous' ? t('incoming.hidden') : number.display
  return (
    <div className={classes.talk} data-testid="own-call" data-away={!isInFront}>
      <IconPhone size={20} className={classes.talkIcon} aria-hidden />
      <strong>{t(`ownCall.${status}`)}</strong>
      <Elapsed since={talk.since} label={t('callBar.since')} />
      <Waiting talk={talk} />
      <AsOf />
      <span className={`${classes.number} numeric`}>{shown}</span>
      <div className={`${classes.who} ${classes.name}`}>
        <strong>{talk.name ?? t('common.unknownCaller')}</strong>
        {talk.address !== null && ` · ${talk.address}`}
      </div>
      {ticket !== null && <span className="numeric">{ticket.code}</span>}
      {ticket !== null && !isInFront && (
        <Button
          size="xs"
          color="red.9"
          onClick={() => open(talk.callId, ticket.id)}
          title="Alt+C"
          rightSection={<kbd className={classes.key}>Alt+C</kbd>}
        >
          {t('callBar.open')}
        </Button>
      )}
      <PhoneControls isEndedByPbx={status === 'talking' && isSteered} />
      {status === 'talking' && <TalkControls talk={talk} />}
    </div>
  )
}

/** The customer waits: on hold at the phone, or for a colleague who is asked. */
function Waiting({ talk: { heldSince, consult } }: { talk: Talk }) {
  const { t } = useTranslation()
  const since = consult?.since ?? heldSince
  if (since === null) return null
  const who = consult?.displayName ?? consult?.extension
  return (
    <Tone tone="warn">
      {consult ? t(`callBar.consult.${consult.stage}`, { name: who }) : t('callBar.held')}{' '}
      <Elapsed since={since} />
    </Tone>
  )
}
