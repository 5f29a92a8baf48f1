import { Button } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatClock } from '../../state/local-time.ts'
import type { ListSource } from './list-types.ts'
import classes from './data-list.module.css'

/** The rows are old: they could not be read again. Says from when they are. */
export function StaleNotice({ source }: { source: ListSource }) {
  const { t } = useTranslation()
  const time = formatClock(new Date(source.dataUpdatedAt).toISOString())
  return (
    <div className={classes.stale} role="status">
      <IconClockExclamation size={16} aria-hidden />
      {t('list.stale', { time })}
      <Button size="compact-xs" variant="default" onClick={() => void source.refetch()}>
        {t('common.retry')}
      </Button>
    </div>
  )
}
