import { useEffect, useRef } from 'react'
import type { MemberState } from '#contract/queues.ts'
import { Tone } from '../../../components/tone.tsx'
import type { ToneName } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import type { TransferChoice } from '../../../state/transfer-choices.ts'
import classes from './call-bar.module.css'

const TONES: Record<MemberState, ToneName> = {
  ready: 'ok',
  wrap_up: 'warn',
  paused: 'warn',
  ringing: 'busy',
  in_call: 'busy',
  unavailable: 'bad',
}

interface ListProps {
  id: string
  choices: readonly TransferChoice[]
  chosen: TransferChoice | null
  onChoose: (key: string) => void
}

/** Colleagues and queues, with how they are now; the keyboard stays in the field above. */
export function TransferList({ id, choices, chosen, onChoose }: ListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' })
  }, [chosen?.key])
  return (
    <div
      id={id}
      ref={list}
      role="listbox"
      aria-label={t('callBar.choices')}
      className={classes.choices}
    >
      {choices.map((choice) => (
        <div
          key={choice.key}
          id={`${id}-${choice.key}`}
          role="option"
          aria-selected={choice === chosen}
          aria-disabled={choice.isOut}
          className={classes.choice}
          // the field keeps the keyboard
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(choice.key)}
        >
          <strong>
            {choice.queue ? t('incoming.queue', { queue: choice.name }) : choice.name}
          </strong>
          <span className="numeric">{choice.extension}</span>
          <ChoiceState choice={choice} />
        </div>
      ))}
      {choices.length === 0 && <div className={classes.choice}>{t('palette.none')}</div>}
    </div>
  )
}

function ChoiceState({ choice: { state, queue } }: { choice: TransferChoice }) {
  const { t } = useTranslation()
  if (queue !== null) return <span>{t('callBar.queueState', queue)}</span>
  if (state === null) return <Tone tone="calm">{t('callBar.inNoQueue')}</Tone>
  return <Tone tone={TONES[state]}>{t(`memberState.${state}`)}</Tone>
}
