import { Button, Group, Modal, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import type { TextModule } from '#contract/casework/text-modules.ts'
import { api } from '../../api.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn, RowVerb } from '../../components/data-list/list-types.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { TextModuleForm } from './text-module-form.tsx'

function moduleColumns(t: TFunction): readonly ListColumn<TextModule>[] {
  return [
    {
      id: 'name',
      title: t('textModules.name'),
      width: 150,
      cell: ({ name }) => <strong>::{name}</strong>,
    },
    { id: 'title', title: t('textModules.heading'), width: 200, cell: ({ title }) => title },
    { id: 'text', title: t('textModules.text'), cell: ({ text }) => text },
    {
      id: 'updated',
      title: t('textModules.updated'),
      width: 260,
      cell: ({ updatedAt, updatedBy }) =>
        [formatDateTime(updatedAt), updatedBy?.displayName].filter(Boolean).join(' · '),
    },
    {
      id: 'active',
      title: t('ticket.status'),
      width: 140,
      cell: ({ active }) => (
        <Tone tone={active ? 'ok' : 'calm'}>
          {t(active ? 'textModules.active' : 'textModules.retired')}
        </Tone>
      ),
    },
  ]
}

/** The texts that everybody puts into long fields by `::name`. */
export function TextModulesScreen() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<string | null>(null)
  const query = useQuery(queries.allTextModules())
  const modules = query.data?.items ?? []
  const columns = useMemo(() => moduleColumns(t), [t])
  const verbs = useModuleVerbs(setEditing)
  const close = () => setEditing(null)
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={1}>{t('textModules.title')}</Title>
        <Button
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setEditing('')}
        >
          {t('textModules.add')}
        </Button>
      </Group>
      <DataList
        label={t('textModules.title')}
        source={query}
        rows={modules}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        columns={columns}
        verbs={verbs}
        onOpen={({ id }) => setEditing(id)}
        empty={{ title: t('textModules.empty'), text: t('textModules.emptyHint') }}
      />
      <Modal
        opened={editing !== null}
        onClose={close}
        size="lg"
        title={t(editing === '' ? 'textModules.add' : 'textModules.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing !== null && (
          <TextModuleForm
            module={modules.find(({ id }) => id === editing) ?? null}
            onDone={close}
          />
        )}
      </Modal>
    </>
  )
}

function useModuleVerbs(edit: (id: string) => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: ({ id, version, active }: TextModule) =>
      api.saveTextModule(id, { version, active: !active }),
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.textModules),
  })
  return (module: TextModule): RowVerb[] => [
    {
      id: 'edit',
      label: t('textModules.edit'),
      key: 'e',
      main: true,
      run: () => edit(module.id),
    },
    {
      id: 'active',
      label: t(module.active ? 'textModules.retire' : 'textModules.takeBack'),
      run: () => save.mutate(module),
    },
  ]
}
