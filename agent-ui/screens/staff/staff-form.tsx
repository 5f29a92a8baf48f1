import { Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role, StaffMember } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import type { DraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'
import {
  knownStaffEntry,
  newStaffEntry,
  staffChange,
  staffEntryOf,
} from '../../state/staff-entry.ts'
import type { StaffEntry } from '../../state/staff-entry.ts'
import { useSaveStaff } from './use-save-staff.ts'

const ROLES: readonly Role[] = ['agent', 'noc', 'field', 'supervisor', 'admin']

interface StaffFormProps {
  /** Null for a new person. */
  person: StaffMember | null
  onDone: () => void
}

function useSubmit(
  person: StaffMember | null,
  onDone: () => void,
  onRefused: (error: unknown) => void,
) {
  const client = useQueryClient()
  const save = useSaveStaff(onRefused)
  const add = useMutation({
    mutationFn: api.addStaff,
    onSuccess: () => {
      refresh(client, KEYS.staff)
      onDone()
    },
    onError: onRefused,
  })
  const submit = (from: StaffEntry, to: StaffEntry) => {
    if (person) {
      const change = { version: person.version, ...staffChange(from, to) }
      return save.mutate({ id: person.id, change }, { onSuccess: onDone })
    }
    const { role, password } = to
    const displayName = to.displayName.trim()
    const extension = to.extension.trim() || null
    const mobile = to.mobile.trim() || null
    const username = to.username.trim()
    return add.mutate({ username, displayName, role, extension, mobile, password })
  }
  return { submit, isPending: save.isPending || add.isPending }
}

export function StaffForm({ person, onDone }: StaffFormProps) {
  const { t } = useTranslation()
  const [from] = useState(() => staffEntryOf(person))
  const { submit, isPending } = useSubmit(person, onDone, (error) => draft.refuse(error))
  const draft = useDraftForm({
    // a password is never kept
    key: null,
    schema: person === null ? newStaffEntry : knownStaffEntry,
    initial: from,
    onSubmit: (entry) => submit(from, entry),
  })
  return (
    <form {...draft.props} aria-label={t(person ? 'staff.edit' : 'staff.add')}>
      <Stack gap="sm">
        <StaffFields form={draft.form} isNew={person === null} />
        <FormButtons isSaving={isPending} onCancel={onDone} />
      </Stack>
    </form>
  )
}

function StaffFields({ form, isNew }: { form: DraftForm<StaffEntry>['form']; isNew: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('staff.displayName')}
        data-autofocus
        {...form.getInputProps('displayName')}
      />
      <TextInput
        label={t('staff.username')}
        description={isNew ? t('staff.usernameWrong') : undefined}
        readOnly={!isNew}
        autoComplete="off"
        {...form.getInputProps('username')}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={t('staff.role')}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          {...form.getInputProps('role')}
        />
        <TextInput
          label={t('staff.extension')}
          placeholder="101"
          inputMode="numeric"
          {...form.getInputProps('extension')}
        />
      </Group>
      <TextInput
        label={t('staff.mobile')}
        description={t('staff.mobileHint')}
        placeholder="0912 345 678"
        inputMode="tel"
        {...form.getInputProps('mobile')}
      />
      <PasswordInput
        label={isNew ? t('staff.password') : t('staff.newPassword')}
        placeholder={isNew ? '' : t('staff.passwordKeep')}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
    </>
  )
}
