import { useTranslation } from 'react-i18next'
import type { CallOutcome, CallRow } from '#contract/calls.ts'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'

const TONES: Record<CallOutcome, ToneName> = {
  answered: 'ok',
  abandoned: 'bad',
  timeout: 'bad',
  not_answered: 'warn',
  asked: 'ok',
  unobserved: 'calm',
}

/** How a call ended, or where it is now. */
export function CallResult({ call }: { call: Pick<CallRow, 'status' | 'outcome' | 'recovered'> }) {
  const { t } = useTranslation()
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
          <Tone tone="warn">{t('calls.recovered')}</Tone>
        </>
      )}
    </>
  )
}
