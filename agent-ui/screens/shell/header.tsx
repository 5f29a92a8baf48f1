import { ActionIcon, Kbd, Menu, Text } from '@mantine/core'
import {
  IconAlarm,
  IconChevronDown,
  IconHelp,
  IconLogout,
  IconSettings,
  IconUserCircle,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { SessionUser } from '#contract/staff.ts'
import { Brand } from '../../components/brand.tsx'
import { usePromiseGuard } from '../../components/promise-guard.tsx'
import { Preferences } from '../../components/preferences.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { NotificationBell } from '../notifications/bell.tsx'
import { isFor, SCREENS, screensOf } from '../screen-table.ts'
import { AskHelp } from '../shift/ask-help.tsx'
import type { Screen } from '../screen-table.ts'
import { AlertMenu } from './alerts/alert-menu.tsx'
import { PhoneMenu } from './phone/phone-menu.tsx'
import { PaletteKey } from './palette-key.tsx'
import { useScreen } from './use-screen.ts'
import { useSignOut } from './use-sign-out.tsx'
import classes from './shell.module.css'

export function Header({ user, onHelp }: { user: SessionUser; onHelp: () => void }) {
  const { t } = useTranslation()
  return (
    <header className={classes.header}>
      <div className={classes.brand}>
        <Brand size={26} />
        <span>{t('app.name')}</span>
      </div>
      <Navigation user={user} />
      <span className={classes.gap} />
      <PaletteKey />
      {user.role === 'agent' && <AskHelp />}
      <NotificationBell />
      <PhoneMenu />
      <AlertMenu />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('shortcuts.title')}
        title={`${t('shortcuts.title')} · ?`}
        onClick={onHelp}
      >
        <IconHelp size={18} />
      </ActionIcon>
      <Preferences />
      <Account user={user} />
    </header>
  )
}

function Navigation({ user }: { user: SessionUser }) {
  const { t } = useTranslation()
  const screens = screensOf(user.role)
  const administration = screens.filter(({ place }) => place === 'admin')
  return (
    <nav className={classes.nav} aria-label={t('app.navigation')}>
      {screens
        .filter(({ place }) => place === 'bar')
        .map((screen) => (
          <ScreenLink key={screen.path} screen={screen} />
        ))}
      {administration.length > 0 && <Administration screens={administration} />}
    </nav>
  )
}

function ScreenLink({ screen }: { screen: Screen }) {
  const { t } = useTranslation()
  const { icon: ScreenIcon, path, title, key } = screen
  const inFront = useScreen()
  return (
    <Link
      to={path}
      className={classes.link}
      title={key}
      activeProps={{ 'aria-current': 'page' }}
      // the import lies below the customers and is another screen
      activeOptions={{ exact: inFront?.path !== path }}
    >
      <ScreenIcon size={17} aria-hidden />
      {t(`screen.${title}`)}
    </Link>
  )
}

function Administration({ screens }: { screens: readonly Screen[] }) {
  const { t } = useTranslation()
  const isHere = useScreen()?.place === 'admin'
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.link} aria-current={isHere ? 'page' : undefined}>
          <IconSettings size={17} aria-hidden />
          {t('screen.administration')}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {screens.map(({ path, title, key, icon: ScreenIcon }) => (
          <Menu.Item
            key={path}
            component={Link}
            to={path}
            leftSection={<ScreenIcon size={16} aria-hidden />}
            rightSection={<Kbd size="xs">{key}</Kbd>}
          >
            {t(`screen.${title}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Account({ user }: { user: SessionUser }) {
  const { t } = useTranslation()
  const { signOut, dialog: unsent } = useSignOut()
  const { guard, dialog } = usePromiseGuard()
  const leave = () => guard('signing_out', signOut)
  return (
    <>
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
          {isFor(SCREENS.alarms, user.role) && (
            <Menu.Item
              component={Link}
              to={SCREENS.alarms.path}
              leftSection={<IconAlarm size={16} />}
              rightSection={<Kbd size="xs">{SCREENS.alarms.key}</Kbd>}
            >
              {t('screen.alarms')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
            {t('app.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog}
      {unsent}
    </>
  )
}
