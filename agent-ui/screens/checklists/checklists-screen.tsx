import { Modal, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import type { Bilingual, ChecklistVersion } from '#contract/casework/guidance.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { useSaid } from '../../components/said.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatDate } from '../../state/local-time.ts'
import { ChecklistEditor } from './checklist-editor.tsx'

function checklistColumns(
  t: TFunction,
  said: (text: Bilingual) => string,
): readonly ListColumn<ChecklistVersion>[] {
  return [
    {
      id: 'name',
      title: t('checklists.category'),
      cell: ({ content }) => <strong>{said(content.name)}</strong>,
    },
    {
      id: 'owners',
      title: t('teams.kind'),
      width: 200,
      cell: ({ content }) => content.owners.map((owner) => t(`teamKind.${owner}`)).join(' → '),
    },
    {
      id: 'steps',
      title: t('checklists.steps'),
      width: 110,
      cell: ({ content }) => content.steps.length,
    },
    {
      id: 'fields',
      title: t('checklists.fields'),
      width: 170,
      cell: ({ content }) => content.fields.length,
    },
    { id: 'version', title: t('checklists.version'), width: 80, cell: ({ number }) => number },
    {
      id: 'publishedAt',
      title: t('checklists.publishedAt'),
      width: 130,
      cell: ({ publishedAt }) => (publishedAt ? formatDate(publishedAt) : t('common.none')),
    },
  ]
}

/** The guidance that agents read out, by category: edit, compare, publish. */
export function ChecklistsScreen() {
  const { t } = useTranslation()
  const said = useSaid()
  const [editing, setEditing] = useState<ChecklistVersion | null>(null)
  const query = useQuery(queries.checklists())
  const columns = useMemo(() => checklistColumns(t, said), [t, said])
  const close = () => setEditing(null)
  return (
    <>
      <Title order={1} mb="sm">
        {t('checklists.title')}
      </Title>
      <DataList
        label={t('checklists.title')}
        source={query}
        rows={query.data?.items ?? []}
        rowId={({ category }) => category}
        rowName={({ content }) => said(content.name)}
        columns={columns}
        verbs={(row) => [
          {
            id: 'edit',
            label: t('checklists.edit'),
            key: 'e',
            main: true,
            run: () => setEditing(row),
          },
        ]}
        onOpen={setEditing}
        empty={{ title: t('checklists.empty') }}
      />
      <Modal
        opened={editing !== null}
        onClose={close}
        size="xl"
        title={editing ? said(editing.content.name) : ''}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing && <ChecklistEditor published={editing} onDone={close} />}
      </Modal>
    </>
  )
}
