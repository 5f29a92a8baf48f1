import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { Brand } from '../../components/brand.tsx'
import { failureText } from '../../components/failure.tsx'
import { Preferences } from '../../components/preferences.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import classes from './wall.module.css'

interface WallDoorProps {
  /** Of the address; empty when there was none. */
  code: string
  why: 'new' | 'withdrawn'
  onOpen: () => void
}

/** Asks for the code that an administrator made; one from the address is tried at once. */
export function WallDoor({ code, why, onOpen }: WallDoorProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const enter = useMutation({ mutationFn: api.openWall, onSuccess: onOpen })
  const { mutate } = enter
  useEffect(() => {
    if (code !== '') mutate(code)
  }, [code, mutate])
  return (
    <main className={classes.door}>
      <div className={classes.corner}>
        <Preferences />
      </div>
      <form
        className={classes.doorCard}
        aria-label={t('wall.open')}
        onSubmit={(event) => {
          event.preventDefault()
          mutate(typed)
        }}
      >
        <Stack gap="md">
          <Title order={1} className={classes.doorTitle ?? ''}>
            <Brand size={44} /> {t('wall.title')}
          </Title>
          {why === 'withdrawn' && (
            <Alert color="red.9" variant="outline" p="xs" role="alert">
              {t('wall.withdrawn')}
            </Alert>
          )}
          <Text>{t('wall.codeHint')}</Text>
          <TextInput
            label={t('wall.code')}
            size="lg"
            autoFocus
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {enter.isError && (
            <Alert color="red.9" variant="outline" p="xs" role="alert">
              {failureText(enter.error)}
            </Alert>
          )}
          <Button type="submit" size="md" loading={enter.isPending} disabled={typed.trim() === ''}>
            {t('wall.open')}
          </Button>
        </Stack>
      </form>
    </main>
  )
}
