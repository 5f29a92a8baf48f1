import { Button, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role, StaffMember } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { staffChange, staffEntryOf, staffFaults } from '../../state/staff-entry.ts'
import type { StaffEntry, StaffFault } from '../../state/staff-entry.ts'
import { useSaveStaff } from './use-save-staff.ts'

const ROLES: readonly Role[] = ['agent', 'noc', 'field', 'supervisor', 'admin']

interface StaffFormProps {
  /** Null for a new person. */
  person: StaffMember | null
  onDone: () => void
}

function useSubmit(person: StaffMember | null, onDone: () => void) {
  const client = useQueryClient()
  const save = useSaveStaff()
  const add = useMutation({
    mutationFn: api.addStaff,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['staff'] })
      onDone()
    },
    onError: notifyFailure,
  })
  const submit = (from: StaffEntry, to: StaffEntry) => {
    if (person) {
      const change = { version: person.version, ...staffChange(from, to) }
      return save.mutate({ id: person.id, change }, { onSuccess: onDone })
    }
    const { role, password } = to
    const displayName = to.displayName.trim()
    const extension = to.extension.trim() || null
    return add.mutate({ username: to.username.trim(), displayName, role, extension, password })
  }
  return { submit, isPending: save.isPending || add.isPending }
}

export function StaffForm({ person, onDone }: StaffFormProps) {
  const { t } = useTranslation()
  const [from] = useState(() => staffEntryOf(person))
  const [entry, setEntry] = useState(from)
  const [isChecked, setChecked] = useState(false)
  const { submit, isPending } = useSubmit(person, onDone)
  const faults = staffFaults(entry, person === null)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (faults.length === 0) submit(from, entry)
  }
  return (
    <form onSubmit={onSubmit} aria-label={t(person ? 'staff.edit' : 'staff.add')} noValidate>
      <Stack gap="sm">
        <StaffFields
          entry={entry}
          isNew={person === null}
          faults={isChecked ? faults : []}
          onChange={(change) => setEntry({ ...entry, ...change })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FieldsProps {
  entry: StaffEntry
  isNew: boolean
  faults: readonly StaffFault[]
  onChange: (change: Partial<StaffEntry>) => void
}

function StaffFields({ entry, isNew, faults, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const fault = (name: StaffFault) => (faults.includes(name) ? t(`staff.${name}`) : null)
  return (
    <>
      <TextInput
        label={t('staff.displayName')}
        data-autofocus
        value={entry.displayName}
        error={fault('nameWrong')}
        onChange={(event) => onChange({ displayName: event.currentTarget.value })}
      />
      <TextInput
        label={t('staff.username')}
        readOnly={!isNew}
        autoComplete="off"
        value={entry.username}
        error={fault('usernameWrong')}
        onChange={(event) => onChange({ username: event.currentTarget.value.toLowerCase() })}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={t('staff.role')}
          value={entry.role}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(event) => {
            const role = ROLES.find((value) => value === event.currentTarget.value)
            if (role) onChange({ role })
          }}
        />
        <TextInput
          label={t('staff.extension')}
          inputMode="numeric"
          value={entry.extension}
          error={fault('extensionWrong')}
          onChange={(event) => onChange({ extension: event.currentTarget.value })}
        />
      </Group>
      <PasswordInput
        label={isNew ? t('staff.password') : t('staff.newPassword')}
        placeholder={isNew ? '' : t('staff.passwordKeep')}
        autoComplete="new-password"
        value={entry.password}
        error={fault('passwordWrong')}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  )
}
