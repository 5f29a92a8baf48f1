import { memo } from 'react'
import type { CallbackView } from '#contract/callbacks.ts'
import { Empty } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { sortPromises } from '../../state/countdown.ts'
import { PromiseRow } from './promise-row.tsx'
import classes from './rail.module.css'

interface PromiseListProps {
  promises: readonly CallbackView[]
}

export const PromiseList = memo(function PromiseList({ promises }: PromiseListProps) {
  const { t } = useTranslation()
  return (
    <Panel
      title={t('promises.title')}
      flush
      aside={
        promises.length > 0 && (
          <Tone tone="calm">
            <span className="numeric">{promises.length}</span>
          </Tone>
        )
      }
    >
      {promises.length === 0 ? (
        <Empty title={t('promises.empty')} />
      ) : (
        <ul className={classes.list}>
          {sortPromises(promises).map((promise) => (
            <PromiseRow key={promise.id} promise={promise} />
          ))}
        </ul>
      )}
    </Panel>
  )
})
