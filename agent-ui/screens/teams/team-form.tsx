import { Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TeamView } from '#contract/casework/teams.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { LoadFailed, Loading, notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { candidatesOf, teamEntryOf, teamEntrySchema, teamInput } from '../../state/team-entry.ts'
import type { Membership, TeamEntry } from '../../state/team-entry.ts'

interface TeamFormProps {
  team: TeamView | null
  onDone: () => void
}

const PARTS = [
  ['none', 'notMember'],
  ['member', 'member'],
  ['lead', 'lead'],
] as const

export function TeamForm({ team, onDone }: TeamFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (entry: TeamEntry) => {
      const { kind, ...input } = teamInput(entry)
      return team
        ? api.saveTeam(team.id, { version: team.version, ...input })
        : api.addTeam({ kind, ...input })
    },
    onSuccess: () => {
      draft.clear()
      notifyDone(t('teams.saved'))
      onDone()
    },
    onError: (error) => draft.refuse(error),
    onSettled: () => refresh(client, KEYS.teams),
  })
  const draft = useDraftForm({
    key: `team.${team?.id ?? 'new'}`,
    schema: teamEntrySchema,
    initial: teamEntryOf(team),
    onSubmit: (entry) => save.mutate(entry),
  })
  const { form } = draft
  return (
    <form {...draft.props} aria-label={t(team ? 'teams.edit' : 'teams.add')}>
      <Stack gap="sm">
        <Group grow align="flex-start">
          <TextInput label={t('teams.name')} data-autofocus {...form.getInputProps('name')} />
          {team === null && (
            <NativeSelect
              label={t('teams.kind')}
              data={(['cskh', 'noc', 'field'] as const).map((value) => ({
                value,
                label: t(`teamKind.${value}`),
              }))}
              {...form.getInputProps('kind')}
            />
          )}
        </Group>
        {form.values.kind === 'field' && (
          <TextInput
            label={t('teams.areas')}
            description={t('teams.areasHint')}
            {...form.getInputProps('areas')}
          />
        )}
        <Members
          entry={form.values}
          onChoose={(id, part) => form.setFieldValue(`members.${id}`, part)}
        />
        <FormButtons isSaving={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  )
}

interface MembersProps {
  entry: TeamEntry
  onChoose: (staffId: string, part: Membership) => void
}

function Members({ entry, onChoose }: MembersProps) {
  const { t } = useTranslation()
  const people = useQuery(queries.staff())
  if (people.isPending) return <Loading rows={3} />
  if (people.isError) {
    return <LoadFailed error={people.error} onRetry={() => void people.refetch()} />
  }
  return candidatesOf(people.data.items, entry).map(({ id, displayName }) => (
    <Group key={id} justify="space-between">
      {displayName}
      <NativeSelect
        size="xs"
        aria-label={displayName}
        value={entry.members[id] ?? 'none'}
        data={PARTS.map(([value, text]) => ({ value, label: t(`teams.${text}`) }))}
        onChange={(event) => {
          const part = PARTS.find(([value]) => value === event.currentTarget.value)
          if (part) onChoose(id, part[0])
        }}
      />
    </Group>
  ))
}
