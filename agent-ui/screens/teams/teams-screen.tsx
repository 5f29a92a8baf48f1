import { Button, Group, Modal, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import type { TeamView } from '#contract/casework/teams.ts'
import { api } from '../../api.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn, RowVerb } from '../../components/data-list/list-types.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { TeamForm } from './team-form.tsx'

function teamColumns(t: TFunction): readonly ListColumn<TeamView>[] {
  return [
    { id: 'name', title: t('teams.name'), cell: ({ name }) => <strong>{name}</strong> },
    { id: 'kind', title: t('teams.kind'), width: 120, cell: ({ kind }) => t(`teamKind.${kind}`) },
    { id: 'areas', title: t('customers.area'), cell: ({ areas }) => areas.join(', ') },
    { id: 'count', title: t('teams.members'), width: 110, cell: ({ members }) => members.length },
    {
      id: 'leads',
      title: t('teams.leads'),
      cell: ({ members }) =>
        members
          .filter(({ isLead }) => isLead)
          .map(({ displayName }) => displayName)
          .join(', '),
    },
    {
      id: 'active',
      title: t('ticket.status'),
      width: 170,
      cell: ({ active, isDefault }) => (
        <Tone tone={active ? (isDefault ? 'busy' : 'ok') : 'calm'}>
          {active ? (isDefault ? t('teams.default') : t('staff.active')) : t('staff.inactive')}
        </Tone>
      ),
    },
  ]
}

/** Which teams there are, who is in them, who leads, and which areas they serve. */
export function TeamsScreen() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<string | null>(null)
  const query = useQuery(queries.teams())
  const teams = query.data?.items ?? []
  const columns = useMemo(() => teamColumns(t), [t])
  const verbs = useTeamVerbs(setEditing)
  const close = () => setEditing(null)
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={1}>{t('teams.title')}</Title>
        <Button
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setEditing('')}
        >
          {t('teams.add')}
        </Button>
      </Group>
      <DataList
        label={t('teams.title')}
        source={query}
        rows={teams}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        columns={columns}
        verbs={verbs}
        onOpen={({ id }) => setEditing(id)}
        empty={{ title: t('teams.empty') }}
      />
      <Modal
        opened={editing !== null}
        onClose={close}
        size="lg"
        title={t(editing === '' ? 'teams.add' : 'teams.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing !== null && (
          <TeamForm team={teams.find(({ id }) => id === editing) ?? null} onDone={close} />
        )}
      </Modal>
    </>
  )
}

function useTeamVerbs(edit: (id: string) => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: ({ id, version, active }: TeamView) =>
      api.saveTeam(id, { version, active: !active }),
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.teams),
  })
  return (team: TeamView): RowVerb[] => [
    { id: 'edit', label: t('teams.edit'), key: 'e', main: true, run: () => edit(team.id) },
    ...(team.isDefault
      ? []
      : [
          {
            id: 'active',
            label: t(team.active ? 'staff.deactivate' : 'staff.activate'),
            run: () => save.mutate(team),
          },
        ]),
  ]
}
