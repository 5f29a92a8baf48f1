import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { RequestFailed, api } from '../../api.ts'
import { Brand } from '../../components/brand.tsx'
import { failureText } from '../../components/failure.tsx'
import { Preferences } from '../../components/preferences.tsx'
import { sessionStarted } from '../../session.ts'
import { safeNext } from '../../state/safe-next.ts'
import { homeOf } from '../screen-table.ts'
import { useLocalNow } from '../../ticker.ts'
import classes from './sign-in.module.css'

export function SignInScreen() {
  const { t } = useTranslation()
  const { expired } = useSearch({ from: '/sign-in' })
  return (
    <main className={classes.page}>
      <div className={classes.corner}>
        <Preferences />
      </div>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Brand size={40} />
          <div>
            <Title order={1}>{t('app.name')}</Title>
            <Text size="sm" c="dimmed">
              {t('signIn.hint')}
            </Text>
          </div>
        </div>
        {expired === true && (
          <Alert color="yellow.9" variant="outline" p="xs" mb="md" role="status">
            {t('signIn.expired')}
          </Alert>
        )}
        <SignInForm />
      </div>
    </main>
  )
}

function SignInForm() {
  const { t } = useTranslation()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [capsLock, setCapsLock] = useState(false)
  const { mutate, isPending, error, blockedSeconds } = useSignIn()
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
          autoFocus
          required
          withAsterisk={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
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

function useSignIn() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/sign-in' })
  const now = useLocalNow()
  const [blockedUntil, setBlockedUntil] = useState(0)
  const signIn = useMutation({
    mutationFn: (entered: { username: string; password: string }) =>
      api.signIn(entered.username, entered.password),
    onSuccess: ({ user }) => {
      sessionStarted(client, user)
      return navigate({ to: safeNext(next) ?? homeOf(user.role).path, replace: true })
    },
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
