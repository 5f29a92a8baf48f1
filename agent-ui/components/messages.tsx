import { Notifications, useNotifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { CSSProperties } from 'react'
import { useTranslation } from '../i18n/translation.tsx'
import { liftOver } from '../state/message-place.ts'
import classes from './messages.module.css'

/** As wide as the column beside the work, so that the work itself is free to see. */
const WIDTH = 290
/** The line of how many more wait, px. */
const FOLD = 28
const MOST = 2
const FIELDS = 'input, textarea, select, [contenteditable="true"]'

/** The newest two messages; how many more wait for their place is one line. */
export function Messages() {
  const { t } = useTranslation()
  const waiting = useNotifications().queue.length
  const fold = waiting > 0 ? FOLD : 0
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--message-lift': `${useLift(fold)}px`,
    '--message-fold': `${fold}px`,
  }
  return (
    <>
      <Notifications
        position="bottom-right"
        limit={MOST}
        autoClose={6_000}
        containerWidth={WIDTH}
        classNames={{ root: classes.root ?? '' }}
        style={style}
      />
      {waiting > 0 && (
        <div className={classes.waiting} style={style} data-testid="messages-waiting">
          {t('notifications.waiting', { count: waiting })}
        </div>
      )}
    </>
  )
}

/** Follows the keyboard, the scrolling and the messages themselves. */
function useLift(fold: number): number {
  const [lift, setLift] = useState(0)
  useEffect(() => {
    const stack = document.querySelector(`.${classes.root}[data-position='bottom-right']`)
    if (stack === null) return undefined
    const place = () => setLift(liftOf(stack, fold))
    const resized = new ResizeObserver(place)
    resized.observe(stack)
    const listening = new AbortController()
    const { signal } = listening
    for (const of of ['focusin', 'focusout', 'scroll']) {
      document.addEventListener(of, place, { signal, capture: true, passive: true })
    }
    window.addEventListener('resize', place, { signal })
    return () => {
      resized.disconnect()
      listening.abort()
    }
  }, [fold])
  return lift
}

function liftOf(stack: Element, fold: number): number {
  const { width, height } = stack.getBoundingClientRect()
  const field = document.activeElement?.matches(FIELDS) ? document.activeElement : null
  return liftOver({
    stack: { width, height: height === 0 ? 0 : height + fold },
    field: field?.getBoundingClientRect() ?? null,
    window: { width: window.innerWidth, height: window.innerHeight },
    ceiling: document.getElementById('content')?.getBoundingClientRect().top ?? 0,
  })
}
