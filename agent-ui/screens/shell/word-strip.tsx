import { IconPhoneCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/translation.tsx'
import { useLive } from '../../live-store.ts'
import { AwaitedWord } from './awaited-word.tsx'
import classes from './shell.module.css'

/** A second press of the same key must not speak of the next call. */
const REST_MS = 1_500
/** More would leave no room for the work itself. */
const MOST_SHOWN = 3

/** Calls of ours of which this agent has not said yet how they went: one key each, the newest first. */
export function WordStrip() {
  const { t } = useTranslation()
  const awaiting = useLive(({ desk }) => desk?.awaiting) ?? []
  const [isResting, setResting] = useState(false)
  useEffect(() => {
    if (!isResting) return
    const timer = setTimeout(() => setResting(false), REST_MS)
    return () => clearTimeout(timer)
  }, [isResting])
  const more = awaiting.length - MOST_SHOWN
  return (
    <section aria-label={t('words.region')} aria-live="polite" className={classes.words}>
      {awaiting.slice(0, MOST_SHOWN).map((promise, index) => (
        <AwaitedWord
          key={`${promise.id}/${promise.attempts.length}`}
          promise={promise}
          hasKeys={index === 0 && !isResting}
          onSaid={() => setResting(true)}
        />
      ))}
      {more > 0 && (
        <div className={classes.moreWords}>
          <IconPhoneCheck size={16} aria-hidden /> {t('words.more', { count: more })}
        </div>
      )}
    </section>
  )
}
