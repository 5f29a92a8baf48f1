import { Modal, Paper, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { isTyping } from '../../hands.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { tellTabs } from '../../session-tabs.ts'
import { sessionStarted } from '../../session.ts'
import { homeOf } from '../screen-table.ts'
import { SignInForm } from '../sign-in/sign-in-form.tsx'
import classes from './shell.module.css'

/** How often it is looked whether the hands rest. */
const LOOK_MS = 200

/**
 * The session of this page's person is over: they sign in again over the page as they left it. It
 * waits for their hands to rest, so that no word goes from the field it is meant for into another.
 */
export function SessionOver({ user }: { user: SessionUser }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const isAtRest = useRest()
  const begin = (now: SessionUser) => {
    sessionStarted(client, now)
    tellTabs('signed_in')
    if (now.id !== user.id) void navigate({ to: homeOf(now.role).path, replace: true })
  }
  if (!isAtRest) {
    return (
      <Paper className={classes.over} shadow="md" p="sm" role="alert">
        <IconLock size={18} aria-hidden /> {t('signIn.expired')}
      </Paper>
    )
  }
  return (
    <OverThePage>
      <Modal
        opened
        onClose={() => undefined}
        title={t('signIn.title')}
        withCloseButton={false}
        closeOnClickOutside={false}
        closeOnEscape={false}
        overlayProps={{ backgroundOpacity: 0.5, blur: 6 }}
        transitionProps={{ duration: 0 }}
        centered
        size="sm"
      >
        <Text size="sm" mb="sm" role="status">
          {t('signIn.expired')}
        </Text>
        <SignInForm known={user.username} onDone={begin} />
      </Modal>
    </OverThePage>
  )
}

/** The keyboard goes back to the field that it was taken from. */
function OverThePage({ children }: { children: ReactNode }) {
  const [field] = useState(() => document.activeElement)
  useEffect(() => () => void (field instanceof HTMLElement && field.focus()), [field])
  return children
}

/** True from the first moment on in which nobody types. */
function useRest(): boolean {
  const [isAtRest, setAtRest] = useState(() => !isTyping())
  useEffect(() => {
    if (isAtRest) return
    const timer = setInterval(() => setAtRest(!isTyping()), LOOK_MS)
    return () => clearInterval(timer)
  }, [isAtRest])
  return isAtRest
}
