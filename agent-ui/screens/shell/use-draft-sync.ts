import { useEffect } from 'react'
import { startDraftSync } from '../../draft-sync.ts'

/** Unsaved words go to the server and come from there while the person is signed in: not while it `isOver`. */
export function useDraftSync(staffId: string, isOver: boolean): void {
  useEffect(() => (isOver ? undefined : startDraftSync(staffId)), [staffId, isOver])
}
