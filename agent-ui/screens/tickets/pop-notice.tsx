import { IconInfoCircle } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatShort } from '../../state/local-time.ts'
import { useServerNow } from '../../ticker.ts'
import classes from './ticket.module.css'

/** What is unusual about a call, and what was promised: of a callback to which number, and why. */
export function PopNotice({ pop }: { pop: ScreenPop }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const { notice, promise } = pop
  const lines = [
    notice && t(`notice.${notice}`),
    promise && promiseLine(t, pop.call, promise, now),
  ].filter(Boolean)
  if (lines.length === 0) return null
  return (
    <div className={classes.notice} data-testid="pop-notice">
      <IconInfoCircle size={16} aria-hidden style={{ flex: 'none' }} />
      <div className="wrap-anywhere">
        {lines.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </div>
    </div>
  )
}

/** Of a callback the number that is called; of a caller when they were to be called. */
function promiseLine(
  t: TFunction,
  call: ScreenPop['call'],
  { dueAt, note }: NonNullable<ScreenPop['promise']>,
  now: number,
): string {
  const which =
    call.direction === 'callback'
      ? call.number.display
      : t('incoming.promise', { time: formatShort(dueAt, now) })
  return note === '' ? which : `${which} · ${t('incoming.promisedNote', { note })}`
}
