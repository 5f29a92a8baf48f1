import { Alert, Button, FileInput, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { ImportReport } from '#contract/customer-import.ts'
import { api } from '../../api.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import { LoadFailed, Loading, notifyFailure } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, isImportOver, queries, refresh } from '../../queries.ts'
import { importColumns } from './import-columns.tsx'
import { ImportFaults } from './import-faults.tsx'
import { ImportPreviewTable } from './import-preview.tsx'
import { importText } from './import-text.ts'

/** A CSV file of customers: look at it, try it, import all of it or nothing. */
export function ImportScreen() {
  const { t } = useTranslation()
  const [file, setFile] = useState<File | null>(null)
  const [reportId, setReportId] = useState<string | null>(null)
  const preview = useMutation({ mutationFn: api.previewImport })
  const choose = (chosen: File | null) => {
    setFile(chosen)
    setReportId(null)
    preview.reset()
    if (chosen) preview.mutate(chosen)
  }
  return (
    <>
      <Title order={1} mb="xs">
        {t('imports.title')}
      </Title>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('imports.hint')}
        </Text>
        <FileInput
          label={t('imports.file')}
          placeholder={t('imports.choose')}
          accept=".csv,text/csv"
          clearable
          clearButtonProps={{ 'aria-label': t('imports.clear') }}
          maw={420}
          value={file}
          onChange={choose}
        />
        {preview.isPending && <Loading rows={3} />}
        {file && preview.isError && (
          <LoadFailed error={preview.error} onRetry={() => preview.mutate(file)} />
        )}
        {preview.data && (
          <Panel title={t('imports.preview')} flush>
            <ImportPreviewTable preview={preview.data} />
          </Panel>
        )}
        {file && preview.data && <RunButtons file={file} onBegun={setReportId} />}
        {reportId !== null && <Running id={reportId} />}
        <Earlier />
      </Stack>
    </>
  )
}

function RunButtons({ file, onBegun }: { file: File; onBegun: (id: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const run = useMutation({
    mutationFn: (dryRun: boolean) => api.importCustomers(file, dryRun),
    onSuccess: ({ id }) => onBegun(id),
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.imports),
  })
  return (
    <Group gap="xs">
      <Button variant="default" loading={run.isPending} onClick={() => run.mutate(true)}>
        {t('imports.dryRun')}
      </Button>
      <Button loading={run.isPending} onClick={() => run.mutate(false)}>
        {t('imports.run')}
      </Button>
    </Group>
  )
}

export function Running({ id }: { id: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(queries.importReport(id))
  const report = query.data
  const isOver = report !== undefined && isImportOver(report)
  useEffect(() => {
    if (!isOver) return
    refresh(client, queries.importList().queryKey)
    refresh(client, KEYS.customers)
  }, [client, isOver])
  if (!report) {
    if (!query.isError) return <Loading rows={2} />
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
  }
  const isBad = report.status === 'refused' || report.status === 'stopped'
  return (
    <Alert
      color={isBad ? 'red.9' : 'sea'}
      variant="outline"
      role="status"
      title={importText(t, report)}
    >
      <Counts report={report} />
      <ImportFaults report={report} />
    </Alert>
  )
}

function Counts({ report }: { report: ImportReport }) {
  const { t } = useTranslation()
  const { created, updated, unchanged, lines } = report
  return <Text size="sm">{t('imports.counts', { created, updated, unchanged, lines })}</Text>
}

function Earlier() {
  const { t } = useTranslation()
  const query = useInfiniteQuery(queries.importList())
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => importColumns(t), [t])
  return (
    <Panel title={t('imports.history')} flush>
      <DataList
        label={t('imports.history')}
        source={query}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ startedAt }) => startedAt}
        columns={columns}
        empty={{ title: t('imports.noHistory') }}
      />
    </Panel>
  )
}
