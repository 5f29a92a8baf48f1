import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ChecklistCode } from '#contract/casework/guidance.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { useSaid } from '../../components/said.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'

interface CompareProps {
  category: ChecklistCode
  from: number
  to: number
}

/** What the draft changes against the version in force. */
export function ChecklistCompare({ category, from, to }: CompareProps) {
  const { t } = useTranslation()
  const said = useSaid()
  const query = useQuery(queries.checklistComparison(category, from, to))
  if (query.isPending) return <Loading rows={2} />
  if (query.isError) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
  const { steps, fields, other } = query.data
  const lines = [
    ...steps.added.map(({ text }) => [t('checklists.added'), said(text)] as const),
    ...steps.removed.map(({ text }) => [t('checklists.removed'), said(text)] as const),
    ...steps.changed.map(
      ({ before, after }) =>
        [t('checklists.changed'), `${said(before.text)} → ${said(after.text)}`] as const,
    ),
    ...fields.added.map(({ label }) => [t('checklists.added'), said(label)] as const),
    ...fields.removed.map(({ label }) => [t('checklists.removed'), said(label)] as const),
    ...fields.changed.map(({ after }) => [t('checklists.changed'), said(after.label)] as const),
    ...other.map((part) => [t('checklists.changed'), part] as const),
  ]
  return (
    <Panel title={t('checklists.compare', { number: from })}>
      {lines.length === 0 && <Text size="sm">{t('checklists.same')}</Text>}
      {lines.map(([what, words]) => (
        <Text key={`${what} ${words}`} size="sm">
          <strong>{what}:</strong> {words}
        </Text>
      ))}
      {steps.reordered && <Text size="sm">{t('checklists.reordered')}</Text>}
    </Panel>
  )
}
