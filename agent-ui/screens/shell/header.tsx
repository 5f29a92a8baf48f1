import { ActionIcon, Menu, Text, Tooltip } from '@mantine/core'
import {
  IconBell,
  IconBellOff,
  IconHeadset,
  IconHelp,
  IconListDetails,
  IconLogout,
  IconPhone,
  IconRepeat,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SessionUser } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { Brand } from '../../components/brand.tsx'
import { notifyFailure } from '../../components/failure.tsx'
import { Preferences } from '../../components/preferences.tsx'
import { signedOut } from '../../session.ts'
import { screensOf } from '../../state/access.ts'
import type { Screen } from '../../state/access.ts'
import { useSound } from './ringing.ts'
import classes from './shell.module.css'

const ICONS: Record<Screen, Icon> = {
  desk: IconHeadset,
  tickets: IconListDetails,
  queues: IconUsersGroup,
  calls: IconPhone,
  staff: IconUsers,
  jobs: IconRepeat,
}

export function Header({ user, onHelp }: { user: SessionUser; onHelp: () => void }) {
  const { t } = useTranslation()
  const sound = useSound()
  const soundLabel = sound.isOn ? t('app.soundOff') : t('app.soundOn')
  return (
    <header className={classes.header}>
      <div className={classes.brand}>
        <Brand size={26} />
        <span>{t('app.name')}</span>
      </div>
      <Navigation user={user} />
      <span className={classes.gap} />
      <Tooltip label={soundLabel}>
        <ActionIcon variant="subtle" color="gray" aria-label={soundLabel} onClick={sound.toggle}>
          {sound.isOn ? <IconBell size={18} /> : <IconBellOff size={18} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('shortcuts.title')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('shortcuts.title')}
          onClick={onHelp}
        >
          <IconHelp size={18} />
        </ActionIcon>
      </Tooltip>
      <Preferences />
      <Account user={user} />
    </header>
  )
}

function Navigation({ user }: { user: SessionUser }) {
  const { t } = useTranslation()
  return (
    <nav className={classes.nav} aria-label={t('app.navigation')}>
      {screensOf(user.role).map((screen, index) => {
        const ScreenIcon = ICONS[screen]
        return (
          <Link
            key={screen}
            to={`/${screen}`}
            className={classes.link}
            title={`Alt+${index + 1}`}
            activeProps={{ 'aria-current': 'page' }}
          >
            <ScreenIcon size={17} aria-hidden />
            {t(`screen.${screen}`)}
          </Link>
        )
      })}
    </nav>
  )
}

function Account({ user }: { user: SessionUser }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const signOut = useMutation({
    mutationFn: api.signOut,
    onSuccess: () => signedOut(client),
    onError: notifyFailure,
  })
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('app.account', { name: user.displayName })}
        >
          <IconUserCircle size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm">
            {user.displayName}
          </Text>
          <Text size="xs">
            {t(`role.${user.role}`)} ·{' '}
            {user.extension
              ? t('app.extension', { extension: user.extension })
              : t('app.noExtension')}
          </Text>
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
