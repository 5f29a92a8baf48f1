import { IconHistory } from '@tabler/icons-react'
import type { CallOutcome, CallRow } from '#contract/calls.ts'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'

const TONES: Record<CallOutcome, ToneName> = {
  answered: 'ok',
  abandoned: 'bad',
  timeout: 'bad',
  not_answered: 'warn',
  asked: 'ok',
  left_in_notice: 'calm',
  unobserved: 'calm',
}

interface ResultProps {
  call: Pick<CallRow, 'status' | 'outcome' | 'recovered'>
  /** In a list: that it was recorded later is a sign alone, in words when it is pointed at or read out. */
  isShort?: boolean
}

/** How a call ended, or where it is now. */
export function CallResult({ call, isShort = false }: ResultProps) {
  const { t } = useTranslation()
  const later = t('calls.recovered')
  return (
    <>
      {call.outcome === null ? (
        <Tone tone="busy">{t(`callStatus.${call.status}`)}</Tone>
      ) : (
        <Tone tone={TONES[call.outcome]}>{t(`callOutcome.${call.outcome}`)}</Tone>
      )}
      {call.recovered && (
        <>
          {' '}
          <Tone tone="warn">
            {isShort ? (
              <IconHistory size={14} role="img" aria-label={later} title={later} />
            ) : (
              later
            )}
          </Tone>
        </>
      )}
    </>
  )
}
