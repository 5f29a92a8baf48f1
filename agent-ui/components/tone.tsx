import type { ReactNode } from 'react'
import classes from './tone.module.css'

/** Colour families readable in light and dark; the text always says the same as the colour. */
export type ToneName = 'ok' | 'warn' | 'bad' | 'busy' | 'calm'

interface ToneProps {
  tone: ToneName
  icon?: ReactNode
  children: ReactNode
}

export function Tone({ tone, icon, children }: ToneProps) {
  return (
    <span className={`${classes.tone} ${classes[tone]}`} data-tone={tone}>
      {icon}
      {children}
    </span>
  )
}
