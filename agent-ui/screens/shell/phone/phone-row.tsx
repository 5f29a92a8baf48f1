import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHeadset } from '@tabler/icons-react'
import { useTranslation } from '../../../i18n/translation.tsx'
import { usePhone } from '../../../phone/phone-store.ts'
import { useUser } from '../../../session.ts'
import type { Phone } from '../../../state/phone.ts'
import classes from '../call-bar/call-bar.module.css'
import { PhoneControls } from './phone-controls.tsx'
import { useChooseDevice } from './use-own-phone.ts'
import { useTryMic } from './use-try-mic.ts'

/** A call at the phone in the browser of which the service says nothing, as one of a colleague. */
export function PhoneCallRow() {
  const { t } = useTranslation()
  const { extension } = useUser()
  const call = usePhone((phone) => phone.call)
  if (call === null) return null
  const party = call.number === extension ? t('phone.agentsCall') : call.number
  return (
    <div className={classes.ringing} data-testid="phone-call">
      <IconHeadset size={20} aria-hidden />
      <strong>{t(`phone.${call.stage}`)}</strong>
      <div className={`${classes.who} ${classes.name} numeric`}>{party}</div>
      <PhoneControls />
    </div>
  )
}

/** Why nothing rings here, or nobody would be heard, and the way out of it. */
export function PhoneTrouble() {
  const { t } = useTranslation()
  const text = usePhone(troubleOf)
  const mic = usePhone((phone) => phone.mic)
  const isElsewhere = usePhone(({ link }) => link === 'elsewhere')
  const choose = useChooseDevice()
  const tryMic = useTryMic()
  if (text === null) return null
  return (
    <div
      className={classes.trouble}
      role={isElsewhere ? 'status' : 'alert'}
      data-tone={isElsewhere ? 'busy' : 'bad'}
      data-testid="phone-trouble"
    >
      <IconAlertTriangle size={18} aria-hidden />
      <div className={classes.who}>{t(text)}</div>
      {mic !== null && (
        <Button size="xs" variant="default" loading={tryMic.isPending} onClick={tryMic.run}>
          {t('phone.tryAgain')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        loading={choose.isPending}
        onClick={() => choose.mutate('desk')}
      >
        {t('phone.useDesk')}
      </Button>
    </div>
  )
}

function troubleOf({ link, mic }: Phone) {
  if (link === 'elsewhere' || link === 'away' || link === 'refused')
    return `phone.trouble.${link}` as const
  return mic === null ? null : (`phone.mic.${mic}` as const)
}
