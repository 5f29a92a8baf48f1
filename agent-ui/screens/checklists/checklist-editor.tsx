import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { checklistContent } from '#contract/casework/guidance.ts'
import type {
  ChecklistContent,
  ChecklistVersion,
  ChecklistVersionRow,
} from '#contract/casework/guidance.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { LoadFailed, Loading, notifyDone, notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { ChecklistCompare } from './checklist-compare.tsx'
import { ChecklistFields } from './checklist-fields.tsx'

interface EditorProps {
  published: ChecklistVersion
  onDone: () => void
}

/** The draft of one checklist, or the published version to begin one from. */
export function ChecklistEditor({ published, onDone }: EditorProps) {
  const versions = useQuery(queries.checklistVersions(published.category))
  const row = versions.data?.items.find(({ status }) => status === 'draft')
  const draft = useQuery({
    ...queries.checklistVersion(published.category, row?.number ?? 0),
    enabled: row !== undefined,
  })
  if (versions.isPending || (row && draft.isPending)) return <Loading rows={6} />
  if (versions.isError) {
    return <LoadFailed error={versions.error} onRetry={() => void versions.refetch()} />
  }
  return (
    <EditorForm
      key={draft.data?.version ?? 'new'}
      start={draft.data ?? published}
      draft={row ?? null}
      published={published}
      onDone={onDone}
    />
  )
}

interface FormProps extends EditorProps {
  start: ChecklistVersion
  draft: ChecklistVersionRow | null
}

function EditorForm({ start, draft: row, published, onDone }: FormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { category } = published
  const save = useMutation({
    mutationFn: (content: ChecklistContent) =>
      api.saveChecklist(category, row?.version ?? null, content),
    onSuccess: () => {
      draft.clear()
      notifyDone(t('checklists.draftSaved'))
    },
    onError: (error) => draft.refuse(error),
    onSettled: () => refresh(client, KEYS.checklists),
  })
  const publish = useMutation({
    mutationFn: () => api.publishChecklist(category, row?.version ?? 0),
    onSuccess: () => {
      notifyDone(t('checklists.published'))
      onDone()
    },
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.checklists),
  })
  const draft = useDraftForm<ChecklistContent>({
    key: `checklist.${category}`,
    schema: checklistContent,
    initial: start.content,
    onSubmit: (content) => save.mutate(content),
  })
  return (
    <form {...draft.props} aria-label={t('checklists.edit')}>
      <Stack gap="sm">
        <ChecklistFields form={draft.form} category={category} />
        {row && <ChecklistCompare category={category} from={published.number} to={row.number} />}
        <Group gap="xs">
          <Button type="submit" variant="default" loading={save.isPending}>
            {t('checklists.saveDraft')}
          </Button>
          <Button
            disabled={row === null || draft.isChanged}
            loading={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {t('checklists.publish')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
