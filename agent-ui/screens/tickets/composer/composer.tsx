import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { useActions, useKeysOf } from '../../../actions.ts'
import { Later } from '../../../components/later.tsx'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useWantedTab } from '../../../wanted.ts'
import { useHasDraft } from '../../../drafts.ts'
import { useUser } from '../../../session.ts'
import { composerTabs, handOvers, openPromise } from '../../../state/composer.ts'
import type { ComposerTab } from '../../../state/composer.ts'
import { formatShort } from '../../../state/local-time.ts'
import { useServerNow } from '../../../ticker.ts'
import { focusActions } from '../process/action-bar-focus.ts'
import { HandOverForm } from './hand-over-form.tsx'
import { NoteForm } from './note-form.tsx'
import { PromiseForm } from './promise-form.tsx'
import { ReplyForm } from './reply-form.tsx'
import classes from './composer.module.css'

const KEYS: Record<ComposerTab, string> = {
  note: 'Alt+J',
  promise: 'Alt+H',
  reply: 'Alt+R',
  hand: 'Alt+K',
}

/** Where everything is written that is said about a ticket; each tab keeps its words. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const tabs = composerTabs(ticket)
  const promise = openPromise(ticket)
  const [wanted, setWanted] = useState<{ tab: ComposerTab; byHand: boolean }>({
    tab: 'note',
    byHand: false,
  })
  const bar = useRef<HTMLDivElement>(null)
  const note = useRef<HTMLTextAreaElement>(null)
  const open = tabs.includes(wanted.tab) ? wanted.tab : 'note'
  // a tab that comes back does not open by itself
  if (wanted.tab !== open) setWanted({ ...wanted, tab: open })
  const show = (tab: ComposerTab) => setWanted({ tab, byHand: true })
  // before the next key: the other forms take the keyboard when they appear
  useLayoutEffect(() => {
    if (wanted.byHand && wanted.tab === 'note') note.current?.focus()
  }, [wanted])
  const toNote = () => setWanted({ tab: 'note', byHand: false })
  /** The keyboard comes back to where the form was opened, or to the steps when that is gone. */
  const leave = () => {
    const tab = bar.current?.querySelector<HTMLElement>(`[data-tab="${open}"]`)
    tab?.focus()
    toNote()
    requestAnimationFrame(() => {
      if (!tab?.isConnected) focusActions(ticket.id)
    })
  }
  useWantedTab(ticket.id, show)
  useActions(
    tabs.map((tab) => ({
      id: `ticket.${tab}`,
      keys: KEYS[tab],
      label: t(`composer.action.${tab}`),
      run: () => show(tab),
    })),
  )
  return (
    <section className={classes.composer} aria-label={t('composer.title')}>
      <div ref={bar} className={classes.tabs} role="group" aria-label={t('composer.tabs')}>
        {tabs.map((tab) => (
          <TabButton
            key={tab}
            tab={tab}
            draftKeys={draftKeysOf(tab, ticket)}
            isOpen={tab === open}
            onOpen={() => show(tab)}
          />
        ))}
        {promise && <Promised dueAt={promise.dueAt} />}
      </div>
      <div className={classes.body}>
        {ticket.id !== '' && (
          <Later>
            {open === 'note' && (
              <NoteForm ref={note} ticketId={ticket.id} isWanted={wanted.byHand} />
            )}
            {open === 'promise' && <PromiseForm ticket={ticket} onClose={leave} onDone={toNote} />}
            {open === 'reply' && <ReplyForm ticket={ticket} onClose={leave} />}
            {open === 'hand' && <HandOverForm ticket={ticket} onClose={leave} />}
          </Later>
        )}
      </div>
    </section>
  )
}

/** Under which keys the words of this tab are kept. */
function draftKeysOf(tab: ComposerTab, ticket: Ticket): readonly string[] {
  if (tab !== 'hand') return [`${tab}.${ticket.id}`]
  return handOvers(ticket).map(({ action }) => `action.${ticket.id}.${action}`)
}

interface TabButtonProps {
  tab: ComposerTab
  draftKeys: readonly string[]
  isOpen: boolean
  onOpen: () => void
}

function TabButton({ tab, draftKeys, isOpen, onOpen }: TabButtonProps) {
  const { t } = useTranslation()
  const user = useUser()
  const hasWords = useHasDraft(user.id, draftKeys)
  const keys = useKeysOf(`ticket.${tab}`)
  return (
    <button
      type="button"
      className={classes.tab}
      data-tab={tab}
      aria-pressed={isOpen}
      title={keys}
      onClick={onOpen}
    >
      {t(`composer.tab.${tab}`)}
      {hasWords && !isOpen && (
        <span
          className={classes.unsaved}
          role="img"
          aria-label={t('desk.unsaved')}
          title={t('desk.unsaved')}
        />
      )}
    </button>
  )
}

/** A promise that is owed already stands where one would be made. */
function Promised({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation()
  const now = useServerNow()
  return (
    <span className={classes.aside}>
      <Tone tone="busy" icon={<IconPhoneOutgoing size={14} aria-hidden />}>
        {t('promise.open', { time: formatShort(dueAt, now) })}
      </Tone>
    </span>
  )
}
