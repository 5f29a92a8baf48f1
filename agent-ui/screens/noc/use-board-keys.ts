import { useEffect, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent } from 'react'
import type { TicketRow } from '#contract/tickets.ts'
import { useActions } from '../../actions.ts'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { boardMove, nearestTo, placeOf } from '../../state/noc-board.ts'
import type { BoardMove } from '../../state/noc-board.ts'

const ARROWS: Readonly<Record<string, BoardMove>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** Arrows, j and k walk the rows; keys of verbs work on the row that has the focus, which is never lost. */
export function useBoardKeys(
  lanes: readonly (readonly TicketRow[])[],
  verbs: (row: TicketRow) => readonly RowVerb[],
) {
  const { t } = useTranslation()
  const board = useRef<HTMLDivElement>(null)
  const [chosenId, setCurrentId] = useState<string | null>(null)
  const ids = lanes.map((rows) => rows.map(({ id }) => id))
  const place = useRef({ lane: 0, index: 0 })
  const isHere = useRef(false)
  const known = placeOf(ids, chosenId)
  const currentId = known === null ? nearestTo(ids, place.current) : chosenId
  const current = lanes.flat().find(({ id }) => id === currentId)
  useEffect(() => {
    place.current = placeOf(ids, currentId) ?? place.current
    // the row went to another lane, or off the board, with the keyboard on it
    if (isHere.current && document.activeElement === document.body)
      focusRow(board.current, currentId)
  })
  const go = (move: BoardMove) => {
    const next = isHere.current ? boardMove(ids, currentId, move) : currentId
    if (next !== null) focusRow(board.current, next)
  }
  useActions([
    { id: 'list.next', keys: 'j', label: t('list.next'), run: () => go('down') },
    { id: 'list.previous', keys: 'k', label: t('list.previous'), run: () => go('up') },
    ...(current === undefined ? [] : verbs(current)).flatMap(({ id, key, label, run }) =>
      key === undefined ? [] : [{ id: `row.${id}`, keys: key, label, run }],
    ),
  ])
  return {
    currentId,
    setCurrentId,
    board: {
      ref: board,
      onFocus: () => {
        isHere.current = true
      },
      onBlur: ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
        if (relatedTarget === null || currentTarget.contains(relatedTarget)) return
        isHere.current = relatedTarget.closest('[role="dialog"], [role="menu"]') !== null
      },
      onKeyDown: (event: KeyboardEvent) => {
        const move = ARROWS[event.key]
        const isOnRow = event.target instanceof Element && event.target.hasAttribute('data-row')
        if (move === undefined || !isOnRow) return
        event.preventDefault()
        go(move)
      },
    },
  }
}

function focusRow(board: HTMLElement | null, id: string | null): void {
  if (id === null) return
  const row = board?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}
