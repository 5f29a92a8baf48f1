import { Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { LoopTable, RecurringTable, SetAsideTable } from './job-tables.tsx'

const PAGE = 50
const REFRESH_MS = 15_000

/** What the service does by itself, and what it gave up on: for administrators. */
export function JobsScreen() {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['jobs'],
    queryFn: ({ pageParam }) => api.jobs({ limit: PAGE, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (view) => view.setAside.nextCursor,
    refetchInterval: REFRESH_MS,
  })
  const [newest] = query.data?.pages ?? []
  const setAside = query.data?.pages.flatMap((view) => view.setAside.items) ?? []
  return (
    <>
      <Title order={1} mb="sm">
        {t('jobs.title')}
      </Title>
      {query.isPending && <Loading rows={8} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {newest && (
        <Stack gap="sm">
          <Panel title={t('jobs.setAside')} flush>
            {setAside.length > 0 && (
              <Text size="sm" c="dimmed" px="md" pt="xs">
                {t('jobs.setAsideHint')}
              </Text>
            )}
            <SetAsideTable entries={setAside} />
            <MoreButton pages={query} m="xs" />
          </Panel>
          <Panel title={t('jobs.loops')} flush>
            <LoopTable loops={newest.loops} />
          </Panel>
          <Panel title={t('jobs.recurring')} flush>
            <RecurringTable jobs={newest.recurring} />
          </Panel>
        </Stack>
      )}
    </>
  )
}
