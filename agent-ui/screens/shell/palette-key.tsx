import { ActionIcon } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Suspense, lazy, useRef, useState } from 'react'
import { useAction, useKeysOf } from '../../actions.ts'
import { useTranslation } from '../../i18n/translation.tsx'

const Palette = lazy(async () => ({ default: (await import('../palette/palette.tsx')).Palette }))

/** Opens the palette, which comes over the network the first time; the keyboard comes back after it. */
export function PaletteKey() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const before = useRef<Element | null>(null)
  const label = t('shortcuts.palette')
  const open = () => {
    before.current = document.activeElement
    setOpen(true)
  }
  useAction({ id: 'palette', keys: 'Ctrl+K', label, run: open })
  const keys = useKeysOf('palette')
  const close = (chosen: (() => void) | null) => {
    setOpen(false)
    // what was chosen may put the keyboard elsewhere: it has the last word
    requestAnimationFrame(() => {
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
      chosen?.()
    })
  }
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        title={`${label} · ${keys}`}
        onClick={open}
      >
        <IconSearch size={18} />
      </ActionIcon>
      {isOpen && (
        <Suspense fallback={null}>
          <Palette onClose={close} />
        </Suspense>
      )}
    </>
  )
}
