import type { GuidanceFinding } from '#contract/casework/guidance.ts'
import { useSaid } from '../../components/said.ts'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { shortStep } from '../../state/guidance.ts'
import { formatNumber } from '../../state/local-time.ts'
import classes from './noc.module.css'

const TONES = { ok: 'ok', unknown: 'warn', nok: 'bad' } as const satisfies Record<string, ToneName>

/** More of them are counted: a card is no checklist. */
const STEPS_SHOWN = 2

/** What the guidance found, so that nobody opens a ticket to know where to look. */
export function Finding({ finding }: { finding: GuidanceFinding }) {
  const { t } = useTranslation()
  const said = useSaid()
  const { result, ok, skipped, nok, seen, olt, circuitId, rxDbm } = finding
  const isGuided = result !== null || ok + skipped + nok.length > 0
  const line = [
    olt && t('noc.olt', { olt }),
    circuitId && t('noc.circuit', { circuitId }),
    rxDbm !== null && t('noc.rx', { dbm: formatNumber(rxDbm) }),
  ].filter(Boolean)
  const counts = [
    ok > 0 && t('noc.stepsOk', { count: ok }),
    nok.length > 0 && t('noc.stepsNok', { count: nok.length }),
    skipped > 0 && t('noc.stepsSkipped', { count: skipped }),
  ].filter(Boolean)
  return (
    <div className={classes.finding}>
      {line.length > 0 && <strong className={classes.place}>{line.join(' · ')}</strong>}
      {isGuided && (
        <div className={classes.tags}>
          {result !== null && <Tone tone={TONES[result]}>{t(`guidanceResult.${result}`)}</Tone>}
          <span className={classes.dim}>{[...seen, ...counts].join(' · ')}</span>
        </div>
      )}
      {nok.slice(0, STEPS_SHOWN).map(({ text, note }) => {
        const whole = [said(text), note].filter(Boolean).join(' — ')
        const step = [shortStep(said(text)), note].filter(Boolean).join(' — ')
        return (
          <div key={text.vi} className={classes.nok} title={whole}>
            {t('noc.notHelped', { step })}
          </div>
        )
      })}
      {nok.length > STEPS_SHOWN && (
        <div className={classes.dim}>{t('noc.moreSteps', { count: nok.length - STEPS_SHOWN })}</div>
      )}
    </div>
  )
}
