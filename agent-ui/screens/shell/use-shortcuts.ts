import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { beginsChord, runChord, useActions } from '../../actions.ts'
import type { PageAction } from '../../actions.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { chordOf, joined } from '../../state/shortcut.ts'
import type { KeyPress, Started } from '../../state/shortcut.ts'
import { screensOf } from '../screen-table.ts'

function keyPressOf(event: KeyboardEvent): KeyPress {
  const { key, code, target } = event
  const element = target instanceof HTMLElement ? target : null
  return {
    key,
    code,
    alt: event.altKey,
    ctrl: event.ctrlKey,
    meta: event.metaKey,
    shift: event.shiftKey,
    composing: event.isComposing,
    inField:
      element !== null && (element.isContentEditable || element.matches('input, textarea, select')),
    inDialog: element?.closest('[role="dialog"], [role="menu"]') != null,
  }
}

/** A key that gives an order gives it once, however long it is held; lists are walked by held keys. */
function isOneOrder(chord: string): boolean {
  return chord.startsWith('Alt+') || /^F\d$/.test(chord)
}

/** Escape empties a search, and leaves one that is empty; forms have an Escape of their own. */
function isLeaving(event: KeyboardEvent): event is KeyboardEvent & { target: HTMLInputElement } {
  const { key, target, isComposing, defaultPrevented } = event
  if (key !== 'Escape' || isComposing || defaultPrevented) return false
  return target instanceof HTMLInputElement && target.type === 'search' && target.value === ''
}

/** Hears the keys of the page and offers what works everywhere; returns the help, opened by `?`. */
export function useShortcuts(user: SessionUser) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const navigate = useNavigate()
  const screens = screensOf(user.role).map(({ title, key, path }): PageAction => ({
    id: `screen.${title}`,
    keys: key,
    label: t(`screen.${title}`),
    run: () => void navigate({ to: path }),
  }))
  useActions([
    { id: 'help', keys: '?', label: t('shortcuts.help'), run: open },
    ...screens,
    {
      id: 'search.tickets',
      keys: '/',
      label: t('shortcuts.search'),
      run: () => void navigate({ to: '/tickets' }),
    },
  ])
  useEffect(() => {
    let started: Started | null = null
    const listen = (event: KeyboardEvent) => {
      const pressed = event.defaultPrevented ? null : chordOf(keyPressOf(event))
      const chord = pressed === null ? null : joined(started, pressed, event.timeStamp)
      started = null
      if (isLeaving(event)) event.target.blur()
      if (chord === null || pressed === null) return
      if (event.repeat && isOneOrder(pressed)) event.preventDefault()
      else if (runChord(chord)) event.preventDefault()
      else if (beginsChord(chord)) started = { chord, atMs: event.timeStamp }
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return { opened, open, close }
}
