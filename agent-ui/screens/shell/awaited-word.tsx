import { Button, Kbd, TextInput } from '@mantine/core'
import { IconPhoneCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import type { AttemptWord, CallbackView } from '#contract/callbacks.ts'
import { useActions } from '../../actions.ts'
import { api } from '../../api.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { RequestFailed } from '../../request.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { dropDraft } from '../../drafts.ts'
import { useUser } from '../../session.ts'
import { fieldFaultText, notifyDone, notifyFailure } from '../../components/failure.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { Tone } from '../../components/tone.tsx'
import { useWaits } from '../../components/waits.ts'
import { tell } from '../../live-store.ts'
import { KEYS, queries, refresh } from '../../queries.ts'
import { formatSpan } from '../../state/countdown.ts'
import {
  likelyWord,
  type Missing,
  missingOf,
  outcomeOf,
  shownOf,
  WORD_KEYS,
} from '../../state/words.ts'
import classes from './shell.module.css'

interface AwaitedProps {
  promise: CallbackView
  /** The keys speak of this one. */
  hasKeys: boolean
  onSaid: () => void
}

/** One call: whom, what the PBX shows of it, and the words, each with its key. */
export function AwaitedWord({ promise, hasKeys, onSaid }: AwaitedProps) {
  const { t } = useTranslation()
  const { say, asked, retract } = useSaying(promise, onSaid)
  const words = promise.awaits?.words ?? []
  const { unless } = useWaits()
  useActions(
    words.map((word) => ({
      id: `word.${word}`,
      keys: WORD_KEYS[word],
      label: t('words.key', { word: t(`words.word.${word}`) }),
      when: hasKeys && !say.isPending && asked === null,
      isOnBar: true,
      run: () => unless(() => say.mutate({ word })),
    })),
  )
  return (
    <div className={classes.awaited} data-testid="awaited-word">
      <IconPhoneCheck size={20} className={classes.wordIcon} aria-hidden />
      <Called promise={promise} />
      <Evidence promise={promise} />
      {asked === null ? (
        <div className={classes.choices} role="group" aria-label={t('words.title')}>
          {words.map((word) => (
            <WordButton
              key={word}
              word={word}
              isLikely={word === likelyWord(promise)}
              chord={hasKeys ? WORD_KEYS[word] : null}
              isBusy={say.isPending}
              isGoing={say.isPending && say.variables.word === word}
              onSay={() => say.mutate({ word })}
            />
          ))}
        </div>
      ) : (
        <AskedFor
          promiseId={promise.id}
          asked={asked}
          isBusy={say.isPending}
          onSend={(note) => say.mutate({ word: asked.word, note })}
          onClose={retract}
        />
      )}
    </div>
  )
}

/** What the process asks for before it takes this word. */
interface Asked {
  word: AttemptWord
  missing: Missing
  fault: string
}

function useSaying(promise: CallbackView, onSaid: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const user = useUser()
  const [asked, setAsked] = useState<Asked | null>(null)
  const readAgain = () => {
    if (promise.ticket) refresh(client, queries.ticket(promise.ticket.id).queryKey)
    refresh(client, KEYS.callbacks)
  }
  const say = useMutation({
    mutationFn: ({ word, note }: { word: AttemptWord; note?: string }) =>
      api.sayWord(promise.id, {
        version: promise.version,
        ...outcomeOf(word, promise),
        ...(note === undefined ? {} : { note }),
      }),
    onSuccess: (callback, { word }) => {
      dropDraft(user.id, `word.${promise.id}`)
      onSaid()
      notifyDone(t('words.said', { word: t(`words.word.${word}`) }))
      tell({ type: 'callback_updated', callback })
      readAgain()
    },
    onError: (error, { word }) => {
      const faults = error instanceof RequestFailed ? error.faults : []
      const missing = missingOf(faults)
      const [fault] = faults
      if (missing === null || fault === undefined) {
        notifyFailure(error)
        return readAgain()
      }
      setAsked({ word, missing, fault: fieldFaultText(fault) })
    },
  })
  return { say, asked, retract: () => setAsked(null) }
}

function Called({ promise }: { promise: CallbackView }) {
  const { customerName, number, ticket } = promise
  return (
    <div className={`${classes.who} ${classes.name}`}>
      <strong>{customerName ?? <span className="numeric">{number.display}</span>}</strong>
      {ticket && (
        <>
          {' · '}
          <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
            {ticket.code}
          </Link>
        </>
      )}
    </div>
  )
}

/** What the PBX shows of it; of a short talk that it is a guess. */
function Evidence({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const shown = shownOf(promise)
  switch (shown?.kind) {
    case 'talked': {
      const { seconds } = shown
      const time = seconds === null ? null : formatSpan(seconds * 1000)
      return (
        <Tone tone="ok">{time === null ? t('words.answered') : t('words.talked', { time })}</Tone>
      )
    }
    case 'guess':
      return <Tone tone="warn">{t('words.guess', { seconds: shown.seconds })}</Tone>
    case 'not_reached':
      return <Tone tone="calm">{t(`outcome.${shown.outcome}`)}</Tone>
    case undefined:
      return null
  }
}

interface WordButtonProps {
  word: AttemptWord
  isLikely: boolean
  /** Its key; null while the keys speak of another call. */
  chord: string | null
  isBusy: boolean
  isGoing: boolean
  onSay: () => void
}

function WordButton({ word, isLikely, chord, isBusy, isGoing, onSay }: WordButtonProps) {
  const { t } = useTranslation()
  const hint =
    word === 'not_reached'
      ? t('words.notReachedHint')
      : word === 'reached'
        ? t('words.reachedHint')
        : undefined
  return (
    <OrderButton
      size="xs"
      variant={isLikely ? 'filled' : 'default'}
      data-likely={isLikely}
      title={hint}
      loading={isGoing}
      disabled={isBusy && !isGoing}
      rightSection={chord && <Kbd size="xs">{chord}</Kbd>}
      onClick={onSay}
    >
      {t(`words.word.${word}`)}
    </OrderButton>
  )
}

const MOST_OF_A_NOTE = 500
const wordNote = z.object({ note: z.string().trim().min(1).max(MOST_OF_A_NOTE) })

interface AskedForProps {
  promiseId: string
  asked: Asked
  isBusy: boolean
  onSend: (note: string) => void
  onClose: () => void
}

/** One line and Enter; Escape goes back to the words. */
function AskedFor({ promiseId, asked, isBusy, onSend, onClose }: AskedForProps) {
  const { t } = useTranslation()
  const draft = useDraftForm({
    key: `word.${promiseId}`,
    schema: wordNote,
    initial: { note: '' },
    onSubmit: ({ note }) => {
      if (!isBusy) onSend(note.trim())
    },
  })
  const label = t(`words.ask.${asked.missing}`)
  return (
    <form
      className={classes.choices}
      aria-label={t(`words.word.${asked.word}`)}
      {...draft.props}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        else draft.props.onKeyDown(event)
      }}
    >
      <span title={asked.fault}>{label}</span>
      <TextInput
        size="xs"
        w={300}
        aria-label={label}
        maxLength={MOST_OF_A_NOTE}
        autoFocus
        {...draft.form.getInputProps('note')}
      />
      <OrderButton
        size="xs"
        type="submit"
        loading={isBusy}
        disabled={draft.form.values.note.trim() === ''}
      >
        {t(`words.word.${asked.word}`)}
      </OrderButton>
      <Button size="xs" variant="default" onClick={onClose}>
        {t('common.cancel')}
      </Button>
    </form>
  )
}
