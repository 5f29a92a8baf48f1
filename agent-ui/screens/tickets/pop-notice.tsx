import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { formatShort } from '../../state/local-time.ts'
import { useServerNow } from '../../ticker.ts'
import classes from './ticket.module.css'

/** What is unusual about a call, and what was promised: of a callback to which number, and why. */
export function PopNotice({ pop }: { pop: ScreenPop }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const { notice, promise, call } = pop
  const lines = [
    notice && t(`notice.${notice}`),
    promise && t('incoming.promise', { time: formatShort(promise.dueAt, now) }),
    promise && call.direction === 'callback' && call.number.display,
    promise && promise.note !== '' && t('incoming.promisedNote', { note: promise.note }),
  ].filter((line) => typeof line === 'string' && line !== '')
  if (lines.length === 0) return null
  return (
    <div className={classes.notice} data-testid="pop-notice">
      <IconInfoCircle size={16} aria-hidden style={{ flex: 'none' }} />
      <span className="wrap-anywhere">{lines.join(' · ')}</span>
    </div>
  )
}
