import { Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { SessionUser } from '#contract/staff.ts'
import { Brand } from '../../components/brand.tsx'
import { Preferences } from '../../components/preferences.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { tellTabs } from '../../session-tabs.ts'
import { sessionStarted } from '../../session.ts'
import { readSetting, writeSetting } from '../../settings.ts'
import { safeNext } from '../../state/safe-next.ts'
import { homeOf } from '../screen-table.ts'
import { SignInForm } from './sign-in-form.tsx'
import classes from './sign-in.module.css'

export function SignInScreen() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/sign-in' })
  const begin = (user: SessionUser) => {
    writeSetting('username', user.username)
    sessionStarted(client, user)
    tellTabs('signed_in')
    void navigate({ to: safeNext(next) ?? homeOf(user.role).path, replace: true })
  }
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
        <SignInForm known={readSetting('username') ?? ''} onDone={begin} />
        <Text size="sm" c="dimmed" mt="sm">
          {t('signIn.shared')}
        </Text>
      </div>
    </main>
  )
}
