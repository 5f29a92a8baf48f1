import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'

/** One row takes the Tab key; arrows walk to the others, and the menu key opens what can be done with one. */
export function useRowKeys(keys: readonly string[]) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [chosen, choose] = useState<string | null>(null)
  const current = chosen !== null && keys.includes(chosen) ? chosen : (keys[0] ?? null)

  function onKeyDown(event: KeyboardEvent<HTMLTableSectionElement>): void {
    const row = event.target instanceof HTMLElement ? event.target.closest('tr') : null
    if (row === null || !body.current?.contains(row)) return
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      openMenu(row)
      return
    }
    if (event.target !== row) return
    const at = keys.indexOf(row.dataset['row'] ?? '')
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: keys.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    focusRow(keys[Math.min(keys.length - 1, Math.max(0, next))])
  }

  function focusRow(key: string | undefined): void {
    if (key === undefined) return
    const row = body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }

  return {
    body: { ref: body, onKeyDown },
    rowProps: (key: string) => ({
      'data-row': key,
      tabIndex: key === current ? 0 : -1,
      onFocus: () => choose(key),
    }),
  }
}

/** The menu of the row; without one its first button takes the keyboard. */
function openMenu(row: HTMLElement): void {
  const menu = row.querySelector<HTMLElement>('[aria-haspopup="menu"]')
  menu?.focus()
  menu?.click()
  if (menu === null) row.querySelector('button')?.focus()
}
