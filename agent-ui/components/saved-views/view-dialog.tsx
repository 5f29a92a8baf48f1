import { Button, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { team as teams } from '#contract/tickets.ts'
import { type SavedView, viewCreate, type ViewList } from '#contract/casework/views.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { namedView } from '../../state/saved-views.ts'
import { FormButtons } from '../draft-form/form-buttons.tsx'
import { useDraftForm } from '../draft-form/use-draft-form.ts'
import { useSaveView } from './use-save-view.ts'

interface ViewDialogProps {
  list: ViewList
  search: Record<string, string>
  views: readonly SavedView[]
  /** The one that is changed; null: the filters of now are kept. */
  view: SavedView | null
  onClose: () => void
}

const words = viewCreate.pick({ name: true, team: true })

/** The name of a view and whom it is shared with; a name that is there already takes the new filters. */
export function ViewDialog({ list, search, views, view, onClose }: ViewDialogProps) {
  const { t } = useTranslation()
  const { save, remove } = useSaveView(list, onClose)
  const draft = useDraftForm({
    key: null,
    schema: words,
    initial: { name: view?.name ?? '', team: view?.team ?? null },
    onSubmit: (typed) => {
      const replaced = view ?? namedView(views, typed)
      const kept = view === null ? { ...typed, search } : typed
      save.mutate({ replaced, list, kept }, { onError: (error) => draft.refuse(error) })
    },
  })
  const { values } = draft.form
  const replaced = view === null ? namedView(views, values) : undefined
  const title = view === null ? t('savedViews.save') : t('savedViews.edit', { name: view.name })
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form {...draft.props} aria-label={title}>
        <Stack gap="sm">
          <TextInput
            label={t('savedViews.name')}
            data-autofocus
            maxLength={60}
            {...draft.form.getInputProps('name')}
          />
          <SeenBy team={values.team} onChange={(team) => draft.form.setValues({ team })} />
          {replaced && (
            <Text size="sm" role="status">
              {t('savedViews.replaces', { name: replaced.name })}
            </Text>
          )}
          <FormButtons submit={t('common.save')} isSaving={save.isPending} onCancel={onClose} />
          {view && (
            <Button
              size="xs"
              variant="subtle"
              c="var(--mantine-color-error)"
              loading={remove.isPending}
              onClick={() => remove.mutate(view)}
            >
              {t('savedViews.remove')}
            </Button>
          )}
        </Stack>
      </form>
    </Modal>
  )
}

interface SeenByProps {
  team: SavedView['team']
  onChange: (team: SavedView['team']) => void
}

/** Whom it is shared with; only who leads is asked. */
function SeenBy({ team, onChange }: SeenByProps) {
  const { t } = useTranslation()
  const { role } = useUser()
  if (role !== 'supervisor' && role !== 'admin') return null
  return (
    <NativeSelect
      label={t('savedViews.seenBy')}
      value={team ?? ''}
      data={[
        { value: '', label: t('savedViews.mineAlone') },
        ...teams.options.map((kind) => ({
          value: kind,
          label: t('savedViews.everybodyOf', { team: t(`teamKind.${kind}`) }),
        })),
      ]}
      onChange={({ currentTarget: { value } }) =>
        onChange(teams.options.find((kind) => kind === value) ?? null)
      }
    />
  )
}
