import { Button, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconMapQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Role } from '#contract/staff.ts'
import { useTranslation } from '../i18n/translation.tsx'

interface MessageProps {
  icon: ReactNode
  title: string
  text: string
  action: ReactNode
  /** The frame has the landmark already. */
  isWithin?: boolean
}

function MessagePage({ icon, title, text, action, isWithin = false }: MessageProps) {
  return (
    <Stack
      component={isWithin ? 'div' : 'main'}
      align="center"
      justify="center"
      gap="sm"
      p="xl"
      mih="60vh"
    >
      {icon}
      <Title order={1}>{title}</Title>
      <Text c="dimmed" ta="center" maw={460}>
        {text}
      </Text>
      {action}
    </Stack>
  )
}

function HomeLink() {
  const { t } = useTranslation()
  return (
    <Button component="a" href="/" variant="default">
      {t('page.home')}
    </Button>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <MessagePage
      icon={<IconMapQuestion size={40} aria-hidden />}
      title={t('page.notFoundTitle')}
      text={t('page.notFoundText')}
      action={<HomeLink />}
    />
  )
}

export function ForbiddenPage({ role }: { role: Role }) {
  const { t } = useTranslation()
  return (
    <MessagePage
      isWithin
      icon={<IconLock size={40} aria-hidden />}
      title={t('page.forbiddenTitle')}
      text={t('page.forbiddenText', { role: t(`role.${role}`) })}
      action={<HomeLink />}
    />
  )
}

/** A fault of the page itself; what the server holds is untouched. */
export function CrashPage() {
  const { t } = useTranslation()
  return (
    <MessagePage
      icon={<IconAlertTriangle size={40} aria-hidden />}
      title={t('page.crashTitle')}
      text={t('page.crashText')}
      action={<Button onClick={() => location.reload()}>{t('connection.reload')}</Button>}
    />
  )
}
