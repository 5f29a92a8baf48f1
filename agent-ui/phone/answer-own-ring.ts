import { useEffect, useRef } from 'react'
import { useUser } from '../session.ts'
import { phoneActions, usePhone } from './phone-store.ts'

/**
 * While they wait for a call that they asked for, the page that is their phone answers it, once: a dialog is over its
 * buttons. It is the one that shows their own number.
 */
export function useAnswerOwnRing(isAskedFor: boolean): void {
  const { extension } = useUser()
  const rings = usePhone(({ call }) => call?.stage === 'ringing' && call.number === extension)
  const isAnswered = useRef(false)
  useEffect(() => {
    if (!isAskedFor) isAnswered.current = false
    if (!isAskedFor || !rings || isAnswered.current) return
    isAnswered.current = true
    phoneActions.answer()
  }, [isAskedFor, rings])
}
