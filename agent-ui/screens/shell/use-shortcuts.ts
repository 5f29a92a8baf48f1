import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { live } from '../../live-store.ts'
import { screensOf } from '../../state/access.ts'
import { ringingPops } from '../../state/desk.ts'
import { screenAt, shortcutOf } from '../../state/shortcut.ts'
import type { KeyPress, ShortcutAction } from '../../state/shortcut.ts'
import { step } from '../../workspace-store.ts'

/** Elements that a shortcut works on carry `data-shortcut="<action>"`. */
function press(action: 'promise' | 'state' | 'search'): boolean {
  const target = document.querySelector<HTMLElement>(`[data-shortcut="${action}"]`)
  if (!target) return false
  target.focus()
  if (target instanceof HTMLButtonElement) target.click()
  return true
}

function keyPressOf(event: KeyboardEvent): KeyPress {
  const { key, code, target } = event
  const inField =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  return {
    key,
    code,
    alt: event.altKey,
    ctrl: event.ctrlKey,
    meta: event.metaKey,
    shift: event.shiftKey,
    composing: event.isComposing,
    inField,
  }
}

/** Listens for the page's shortcuts; returns the list of them, opened by `?`. */
export function useShortcuts(user: SessionUser) {
  const [opened, { open, close }] = useDisclosure(false)
  const navigate = useNavigate()
  useEffect(() => {
    const run = (action: ShortcutAction): boolean => {
      if (typeof action === 'object') {
        const screen = screenAt(screensOf(user.role), action.screenIndex)
        if (screen) void navigate({ to: `/${screen}` })
        return screen !== null
      }
      switch (action) {
        case 'help':
          open()
          return true
        case 'next_ringing':
          return previewRinging(() => void navigate({ to: '/desk' }))
        case 'promise':
        case 'state':
          return press(action)
        case 'search':
          if (!press(action)) void navigate({ to: '/tickets' })
          return true
        default:
          return action satisfies never
      }
    }
    const listen = (event: KeyboardEvent) => {
      const action = shortcutOf(keyPressOf(event))
      if (action !== null && run(action)) event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [user.role, navigate, open])
  return { opened, open, close }
}

function previewRinging(goToDesk: () => void): boolean {
  const { desk } = live.get()
  const first = desk ? ringingPops(desk)[0] : undefined
  if (!first) return false
  step({ type: 'call_opened', callId: first.call.id })
  goToDesk()
  return true
}
