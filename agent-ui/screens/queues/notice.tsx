import { IconAlertTriangle } from '@tabler/icons-react'
import { Tone } from '../../components/tone.tsx'
import classes from './queues.module.css'

/** What is not right on the PBX and what it means, until it is mended there. */
export function Notice({ text }: { text: string }) {
  return (
    <p className={classes.notice}>
      <Tone tone="warn" icon={<IconAlertTriangle size={14} aria-hidden />}>
        {text}
      </Tone>
    </p>
  )
}
