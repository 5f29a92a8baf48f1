import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { RequestFailed } from '../../request.ts'
import { failureText } from '../../components/failure.tsx'
import { useLocalNow } from '../../ticker.ts'

interface SignInFormProps {
  /** Who was here before: only the password is missing. */
  known?: string
  onDone: (user: SessionUser) => void
}

/** Name and password; says what is wrong and until when no further try counts. */
export function SignInForm({ known = '', onDone }: SignInFormProps) {
  const { t } = useTranslation()
  const [username, setUsername] = useState(known)
  const [password, setPassword] = useState('')
  const [capsLock, setCapsLock] = useState(false)
  const { mutate, isPending, error, blockedSeconds } = useSignIn(onDone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate({ username: username.trim(), password }, { onError: () => setPassword('') })
  }
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <form onSubmit={submit} aria-label={t('signIn.title')}>
      <Stack gap="sm">
        <TextInput
          label={t('signIn.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={known === ''}
          data-autofocus={known === '' || undefined}
          required
          withAsterisk={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          autoFocus={known !== ''}
          data-autofocus={known !== '' || undefined}
          required
          withAsterisk={false}
          value={password}
          description={capsLock ? t('signIn.capsLock') : undefined}
          onKeyUp={watchCapsLock}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {error && <SignInFailure error={error} blockedSeconds={blockedSeconds} />}
        <Button type="submit" mt="xs" loading={isPending} disabled={blockedSeconds > 0}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function useSignIn(onDone: (user: SessionUser) => void) {
  const now = useLocalNow()
  const [blockedUntil, setBlockedUntil] = useState(0)
  const signIn = useMutation({
    mutationFn: (entered: { username: string; password: string }) =>
      api.signIn(entered.username, entered.password),
    onSuccess: ({ user }) => onDone(user),
    onError: (error) => {
      if (!(error instanceof RequestFailed) || error.retryAfter === null) return
      setBlockedUntil(Date.now() + error.retryAfter * 1_000)
    },
  })
  const blockedSeconds = Math.max(0, Math.ceil((blockedUntil - now) / 1_000))
  return { ...signIn, blockedSeconds }
}

function SignInFailure({ error, blockedSeconds }: { error: Error; blockedSeconds: number }) {
  const { t } = useTranslation()
  const kind = error instanceof RequestFailed ? error.kind : 'server_fault'
  if (kind === 'throttled' && blockedSeconds === 0) return null
  const text =
    kind === 'signed_out'
      ? t('signIn.wrong')
      : kind === 'throttled'
        ? t('signIn.throttled', { seconds: blockedSeconds })
        : failureText(error)
  return (
    <Alert color="red.9" variant="outline" p="xs" role="alert">
      {text}
    </Alert>
  )
}
