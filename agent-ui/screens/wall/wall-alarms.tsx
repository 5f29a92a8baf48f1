import { IconAlertOctagon, IconAlertTriangle, IconVolumeOff } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { WallAlarm } from '#contract/supervision/wall.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { alarmName } from '../../state/alarms.ts'
import { alarmKey, alarmsShown } from '../../state/wall.ts'
import { chime, openSound, useSoundBlocked } from '../shell/alerts/sound.ts'
import classes from './wall.module.css'

/** What nobody takes care of sounds so often. */
const AGAIN_MS = 30_000

/** What rings, the gravest first, with a sound as long as nobody takes care of it. */
export function WallAlarms({ alarms }: { alarms: readonly WallAlarm[] }) {
  const { t } = useTranslation()
  const isBlocked = useSoundBlocked()
  useAlarmSound(alarmKey(alarms))
  const { shown, more } = alarmsShown(alarms)
  return (
    <>
      {shown.map((alarm) => {
        const Shape = alarm.severity === 'critical' ? IconAlertOctagon : IconAlertTriangle
        return (
          <p
            key={alarm.id}
            className={classes.banner}
            data-tone={alarm.isAcknowledged ? 'calm' : alarm.severity}
            data-testid="wall-alarm"
          >
            <Shape aria-hidden />
            <span>{alarmName(t, alarm)}</span>
          </p>
        )
      })}
      {more > 0 && <p className={classes.banner}>{t('wall.moreAlarms', { count: more })}</p>}
      {isBlocked && (
        <button type="button" className={classes.unblock} onClick={chime}>
          <IconVolumeOff aria-hidden />
          {t('alarms.sound.blocked')}
        </button>
      )}
    </>
  )
}

/** A new alarm sounds at once; `key` names those that nobody has taken, empty when there is none. */
function useAlarmSound(key: string): void {
  useEffect(openSound, [])
  useEffect(() => {
    if (key === '') return undefined
    chime()
    const timer = setInterval(chime, AGAIN_MS)
    return () => clearInterval(timer)
  }, [key])
}
