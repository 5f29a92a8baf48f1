import { NativeSelect, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import type { AuditEntry } from '#contract/audit.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { hasText } from '../../i18n/known-text.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { viLater } from '../../i18n/vi-later.ts'
import { queries } from '../../queries.ts'
import { AUDIT_ACTIONS, auditText } from '../../state/audit-search.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { detailText, subjectText } from './audit-detail.ts'

function actionText(t: TFunction, action: string): string {
  const key = auditText(action)
  return hasText(viLater.audit.actions, key) ? t(`audit.actions.${key}`) : action
}

function auditColumns(t: TFunction): readonly ListColumn<AuditEntry>[] {
  return [
    {
      id: 'at',
      title: t('audit.at'),
      width: 160,
      cell: ({ at }) => <span className="numeric">{formatDateTime(at)}</span>,
    },
    {
      id: 'actor',
      title: t('audit.actor'),
      width: 180,
      cell: ({ actor }) => actor?.displayName ?? t('audit.system'),
    },
    {
      id: 'action',
      title: t('audit.action'),
      width: 230,
      cell: ({ action }) => actionText(t, action),
    },
    {
      id: 'subject',
      title: t('audit.subject'),
      width: 200,
      cell: (entry) => subjectText(t, entry),
    },
    {
      id: 'detail',
      title: t('audit.detail'),
      cell: (entry) => <span title={detailText(t, entry)}>{detailText(t, entry)}</span>,
    },
  ]
}

/** Who did what, newest first: reveals of numbers, settings, people, sign-ins. */
export function AuditScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { action } = useSearch({ from: '/shell/audit' })
  const query = useInfiniteQuery(queries.auditTrail(action))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => auditColumns(t), [t])
  return (
    <>
      <Title order={1} mb="xs">
        {t('audit.title')}
      </Title>
      <NativeSelect
        mb="sm"
        maw={320}
        aria-label={t('audit.filter')}
        value={action ?? ''}
        data={[
          { value: '', label: t('audit.all') },
          ...AUDIT_ACTIONS.map((value) => ({ value, label: actionText(t, value) })),
        ]}
        onChange={(event) => {
          const chosen = AUDIT_ACTIONS.find((known) => known === event.currentTarget.value)
          void navigate({ to: '/audit', search: chosen ? { action: chosen } : {} })
        }}
      />
      <DataList
        label={t('audit.title')}
        source={query}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ at }) => formatDateTime(at)}
        columns={columns}
        empty={{ title: t('audit.empty') }}
      />
    </>
  )
}
