import { IconMicrophoneOff } from '@tabler/icons-react'
import { useTranslation } from '../i18n/translation.tsx'
import classes from './recording.module.css'

interface RecordingProps {
  /** Whether anybody talked on the call: else there is nothing that could be heard. */
  hasTalk: boolean
  /** In a line of a list: without the reason, which stands where it is pointed at. */
  isShort?: boolean
}

/** The place of a call's recording. The service takes none over from the PBX, and says so. */
export function Recording({ hasTalk, isShort = false }: RecordingProps) {
  const { t } = useTranslation()
  const why = t(hasTalk ? 'recording.notKept' : 'recording.noTalk')
  return (
    <div className={classes.none} data-short={isShort} title={isShort ? why : undefined}>
      <IconMicrophoneOff size={isShort ? 14 : 20} aria-hidden />
      <span>{t('recording.none')}</span>
      {!isShort && <span className={classes.why}>{why}</span>}
    </div>
  )
}
