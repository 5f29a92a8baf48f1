import { useQuery } from '@tanstack/react-query'
import { occupancy } from '#contract/supervision/agent-day.ts'
import { averageHandling, keptRate } from '#contract/supervision/figures.ts'
import type { MyDay as Day } from '#contract/supervision/my-day.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatSpan } from '../../state/countdown.ts'
import { formatNumber } from '../../state/local-time.ts'
import { useServerNow } from '../../ticker.ts'
import classes from './my-day.module.css'

/** What this person did today; nothing for who takes no calls. */
export function MyDay() {
  const { t } = useTranslation()
  const takesCalls = useUser().extension !== null
  const query = useQuery({ ...queries.myDay(), enabled: takesCalls })
  if (!takesCalls) return null
  return (
    <Panel title={t('myDay.title')}>
      {query.isPending && <Loading rows={1} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Figures day={query.data} />}
    </Panel>
  )
}

function Figures({ day: { work, promises } }: { day: Day }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const none = t('common.none')
  const percent = (share: number | null) =>
    share === null ? none : `${formatNumber(share * 100)} %`
  const handling = averageHandling(work)
  const { kept, late, broken } = promises
  const all = kept + late + broken
  return (
    <dl className={classes.figures}>
      <Figure name="taken" value={formatNumber(work.taken)} />
      <Figure name="handling" value={handling === null ? none : formatSpan(handling * 1000)} />
      <Figure name="talk" value={formatSpan(work.talkSeconds * 1000)} />
      <Figure name="occupancy" value={percent(occupancy([work], now))} />
      <Figure
        name="promises"
        value={percent(keptRate(promises))}
        note={all === 0 ? null : t('myDay.of', { kept, all })}
      />
    </dl>
  )
}

interface FigureProps {
  name: 'taken' | 'handling' | 'talk' | 'occupancy' | 'promises'
  value: string
  /** A second figure, small. */
  note?: string | null
}

function Figure({ name, value, note = null }: FigureProps) {
  const { t } = useTranslation()
  return (
    <div title={t(`myDay.${name}Hint`)}>
      <dt>{t(`myDay.${name}`)}</dt>
      <dd className="numeric">
        {value}
        {note !== null && <small>{note}</small>}
      </dd>
    </div>
  )
}
