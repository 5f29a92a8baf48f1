import { WAIT_BOUNDS_SECONDS } from '#contract/supervision/figures.ts'
import type { LiveQueue } from '#contract/queues.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { countsOf } from '../../../state/board.ts'
import { formatNumber } from '../../../state/local-time.ts'
import { useAsOf, useSilentSince } from './source.tsx'
import classes from './histogram.module.css'

/** How many of the answered waited how long. */
export function WaitHistogram({ queues }: { queues: readonly LiveQueue[] }) {
  const { t } = useTranslation()
  const { waits } = countsOf(queues)
  const most = Math.max(1, ...waits)
  const asOf = useAsOf('pbx')
  const isSilent = useSilentSince('pbx') !== null
  return (
    <section className={classes.histogram} data-silent={isSilent} title={asOf ?? undefined}>
      <h2>{t('board.histogram')}</h2>
      <ol className={classes.bars}>
        {waits.map((count, index) => {
          const seconds = WAIT_BOUNDS_SECONDS[index]
          const label =
            seconds === undefined
              ? t('board.beyond', { seconds: WAIT_BOUNDS_SECONDS.at(-1) })
              : t('board.upTo', { seconds })
          return (
            <li key={label} title={t('board.bar', { label, count })}>
              <span className="numeric">{formatNumber(count)}</span>
              <span
                className={classes.bar}
                style={{ blockSize: `${(count / most) * 100}%` }}
                aria-hidden
              />
              <span className={`${classes.dim} numeric`}>{label}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
