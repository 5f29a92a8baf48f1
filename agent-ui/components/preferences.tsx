import { ActionIcon, Group, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { changeLanguage } from '../i18n/setup.ts'
import { useTranslation } from '../i18n/translation.tsx'
import type { Language } from '../i18n/translation.tsx'
import { notifyFailure } from './failure.tsx'
import classes from './preferences.module.css'

const LANGUAGES: readonly [Language, string, string][] = [
  ['vi', 'VI', 'Tiếng Việt'],
  ['en', 'EN', 'English'],
]

/** Language and light or dark; kept in this browser. */
export function Preferences() {
  const { t, language: shown } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const themeLabel = isDark ? t('app.toLight') : t('app.toDark')
  return (
    <Group gap={6} wrap="nowrap">
      <div className={classes.languages} role="group" aria-label={t('app.language')}>
        {LANGUAGES.map(([language, short, name]) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-label={`${short}, ${name}`}
            aria-pressed={language === shown}
            onClick={() => void changeLanguage(language).catch(notifyFailure)}
          >
            {short}
          </button>
        ))}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={themeLabel}
        title={themeLabel}
        onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
      >
        {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Group>
  )
}
