import { Button } from '@mantine/core'
import type { ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef, MouseEvent } from 'react'
import type { Needs } from '../state/connection.ts'
import { useWaits } from './waits.ts'

interface OrderButtonProps
  extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  /** The service when left out. */
  needs?: Needs
  pbxId?: string | undefined
}

/** A colour of its own would say that it can be pressed. */
const WAITING = { 'aria-disabled': true, 'data-disabled': true, c: '' } as const

/**
 * A button that orders something. While the order could not arrive it can be reached and read, says why it
 * waits, and does nothing else.
 */
export function OrderButton({ needs, pbxId, onClick, title, ...rest }: OrderButtonProps) {
  const { why, unless } = useWaits(needs, pbxId)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    // also of a form that it would send
    if (why !== null) event.preventDefault()
    unless(() => onClick?.(event))
  }
  return (
    <Button {...rest} {...(why === null ? {} : WAITING)} title={why ?? title} onClick={press} />
  )
}
