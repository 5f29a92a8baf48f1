import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { LoadFailed, Loading } from '../../../components/failure.tsx'
import { OrderButton } from '../../../components/order-button.tsx'
import { useWaits } from '../../../components/waits.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { useUser } from '../../../session.ts'
import type { Talk } from '../../../state/talk.ts'
import { type TransferChoice, transferChoices } from '../../../state/transfer-choices.ts'
import { TransferList } from './transfer-list.tsx'
import { useCallControl } from './use-call-control.ts'
import classes from './call-bar.module.css'

interface TransferProps {
  talk: Talk
  onClose: () => void
}

/** To whom the customer goes: a few letters, arrows, Enter; with Ctrl the colleague is asked first. */
export function TransferDialog({ talk, onClose }: TransferProps) {
  const { t } = useTranslation()
  const { id: ownId } = useUser()
  const directory = useQuery(queries.directory())
  const { transfer } = useCallControl(talk.callId)
  const { unless } = useWaits('pbx', talk.pbxId)
  const [query, setQuery] = useState('')
  const [key, setKey] = useState<string | null>(null)
  const listId = useId()
  const choices = directory.data ? transferChoices(directory.data, { query, ownId }) : []
  // the first one is marked once: the list changes under the hands, and who is marked must not
  if (key === null && choices[0]) setKey(choices[0].key)
  const chosen = choices.find((one) => one.key === key) ?? null
  const send = (askFirst: boolean) => {
    if (!canTake(chosen, askFirst) || transfer.isPending) return
    const { to, name } = chosen
    unless(() => transfer.mutate({ order: { to, askFirst }, name }, { onSuccess: onClose }))
  }
  const look = (words: string) => {
    setQuery(words)
    setKey(null)
  }
  const onKeys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const next = stepOf(event.key, choices, chosen)
    if (next !== null) setKey(next.key)
    else if (event.key === 'Enter') send(event.ctrlKey)
    else return
    event.preventDefault()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('callBar.transferTitle', { name: talk.name ?? talk.number.display })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={t('callBar.find')}
          value={query}
          onChange={(event) => look(event.currentTarget.value)}
          onKeyDown={onKeys}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen ? `${listId}-${chosen.key}` : undefined}
        />
        {directory.isPending && <Loading rows={3} />}
        {directory.isError && (
          <LoadFailed error={directory.error} onRetry={() => void directory.refetch()} />
        )}
        <TransferList id={listId} choices={choices} chosen={chosen} onChoose={setKey} />
        {directory.data && key !== null && chosen === null && (
          <Text size="sm" role="status">
            {t('callBar.chosenGone')}
          </Text>
        )}
        <Choose
          pbxId={talk.pbxId}
          chosen={chosen}
          sending={transfer.isPending ? transfer.variables.order : null}
          onSend={send}
          onClose={onClose}
        />
      </Stack>
    </Modal>
  )
}

interface ChooseProps {
  pbxId: string
  chosen: TransferChoice | null
  sending: { askFirst: boolean } | null
  onSend: (askFirst: boolean) => void
  onClose: () => void
}

function Choose({ pbxId, chosen, sending, onSend, onClose }: ChooseProps) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {t('common.cancel')}
      </Button>
      <OrderButton
        needs="pbx"
        pbxId={pbxId}
        variant="default"
        disabled={!canTake(chosen, true)}
        loading={sending?.askFirst === true}
        rightSection={<kbd className={classes.key}>Ctrl+Enter</kbd>}
        onClick={() => onSend(true)}
      >
        {t('callBar.askFirst')}
      </OrderButton>
      <OrderButton
        needs="pbx"
        pbxId={pbxId}
        disabled={!canTake(chosen, false)}
        loading={sending?.askFirst === false}
        rightSection={<kbd className={classes.key}>Enter</kbd>}
        onClick={() => onSend(false)}
      >
        {t('callBar.transferNow')}
      </OrderButton>
    </Group>
  )
}

/** No queue can be asked first. */
function canTake(choice: TransferChoice | null, askFirst: boolean): choice is TransferChoice {
  return choice !== null && !choice.isOut && (!askFirst || choice.queue === null)
}

function stepOf(
  key: string,
  choices: readonly TransferChoice[],
  chosen: TransferChoice | null,
): TransferChoice | null {
  const by = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (by === 0) return null
  if (chosen === null) return choices.at(by === 1 ? 0 : -1) ?? null
  const count = choices.length
  return choices[(choices.indexOf(chosen) + by + count) % count] ?? null
}
