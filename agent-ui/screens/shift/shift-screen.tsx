import { Button, Group, Title } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatClock } from '../../state/local-time.ts'
import { useIsStale } from '../../ticker.ts'
import { HandoverList } from './handover-list.tsx'
import { HandoverSectionList } from './handover-sections.tsx'
import { MessageForm } from './message-form.tsx'
import { NoteForm } from './note-form.tsx'
import { SentMessages } from './sent-messages.tsx'
import classes from './shift.module.css'

/** The shift lead's page: what is left, the note for the next shift, and messages to this one. */
export function ShiftScreen() {
  const { t } = useTranslation()
  return (
    <>
      <Title order={1} mb="sm">
        {t('shift.title')}
      </Title>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Left />
        </div>
        <div className={classes.column}>
          <Panel title={t('shift.handOver')}>
            <NoteForm handover={null} onDone={() => undefined} />
          </Panel>
          <Panel title={t('shift.last')}>
            <HandoverList />
          </Panel>
          <Panel title={t('message.title')}>
            <MessageForm />
          </Panel>
          <Panel title={t('message.list')}>
            <SentMessages />
          </Panel>
        </div>
      </div>
    </>
  )
}

function Left() {
  const { t } = useTranslation()
  const query = useQuery(queries.shiftLeft())
  const isStale = useIsStale() || query.isRefetchError
  return (
    <Panel
      title={t('shift.left')}
      aside={
        <Group gap="xs">
          {query.data && (
            <Tone tone={isStale ? 'warn' : 'calm'} icon={<IconClockHour4 size={14} aria-hidden />}>
              <span className="numeric">
                {t('shift.asOf', { time: formatClock(query.data.asOf) })}
              </span>
            </Tone>
          )}
          <Button
            size="compact-xs"
            variant="default"
            loading={query.isFetching}
            onClick={() => void query.refetch()}
          >
            {t('shift.refresh')}
          </Button>
        </Group>
      }
    >
      {query.isPending && <Loading rows={10} />}
      {query.isError && !query.data && (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && <HandoverSectionList sections={query.data} />}
    </Panel>
  )
}
