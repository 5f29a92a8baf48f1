import { Button, Divider, Group, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { phoneSecret } from '#contract/staff.ts'
import type { StaffMember } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { LoadFailed, notifyDone, notifyFailure } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'

/** Gives a person the phone in their browser, by the secret of its endpoint, or takes it away. */
export function BrowserPhoneForm({ person }: { person: StaffMember }) {
  const { t } = useTranslation()
  const phones = useQuery(queries.browserPhones())
  const [secret, setSecret] = useState('')
  const give = useGivePhone(person.id, () => setSecret(''))
  const { extension } = person
  if (extension === null) return null
  if (phones.isLoadingError) {
    return <LoadFailed error={phones.error} onRetry={() => void phones.refetch()} />
  }
  if (phones.data?.isEnabled !== true) return null
  const isGiven = phones.data.items.some(({ staffId }) => staffId === person.id)
  const isRight = phoneSecret.safeParse({ secret }).success
  return (
    <form
      aria-label={t('phone.secret')}
      onSubmit={(event) => {
        event.preventDefault()
        if (isRight && !give.isPending) give.mutate(secret)
      }}
    >
      <Divider my="md" />
      <Stack gap="xs">
        <PasswordInput
          label={
            <Group gap="xs" component="span">
              {t('phone.secret')}
              <Tone tone={isGiven ? 'ok' : 'calm'}>
                {t(isGiven ? 'phone.given' : 'phone.notGiven')}
              </Tone>
            </Group>
          }
          description={t('phone.secretHint', { extension })}
          autoComplete="new-password"
          value={secret}
          onChange={({ currentTarget }) => setSecret(currentTarget.value)}
        />
        <Group gap="xs" justify="flex-end">
          {isGiven && (
            <Button
              size="xs"
              variant="default"
              loading={give.isPending && give.variables === null}
              disabled={give.isPending}
              onClick={() => give.mutate(null)}
            >
              {t('phone.takeAway')}
            </Button>
          )}
          <Button
            size="xs"
            type="submit"
            variant="default"
            loading={give.isPending && give.variables !== null}
            disabled={!isRight || give.isPending}
          >
            {t('phone.give')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function useGivePhone(staffId: string, onDone: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (secret: string | null) => api.givePhone(staffId, secret),
    onSuccess: (_answer, secret) => {
      void client.invalidateQueries({ queryKey: queries.browserPhones().queryKey })
      notifyDone(t(secret === null ? 'phone.taken' : 'phone.saved'))
      onDone()
    },
    onError: notifyFailure,
  })
}
