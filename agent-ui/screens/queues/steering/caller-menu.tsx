import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LiveQueue, WaitingCaller } from '#contract/queues.ts'
import { MoreMenu } from '../../../components/more-menu.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { sendable } from '../../../state/steering.ts'
import type { SteeringAct } from '../../../state/steering.ts'
import { steeringApi } from '../../../steering-api.ts'
import { ActDialog } from './act-dialog.tsx'
import { ActItem } from './act-item.tsx'

interface CallerMenuProps {
  queue: LiveQueue
  caller: WaitingCaller
}

/** What a supervisor can do to who waits; nobody is on the line of who keeps a place. */
export function CallerMenu({ queue, caller }: CallerMenuProps) {
  const { t } = useTranslation()
  const [act, setAct] = useState<SteeringAct | null>(null)
  const { position, uniqueid, number, customerName } = caller
  const about =
    customerName ?? (number.kind === 'anonymous' ? t('incoming.hidden') : number.display)
  const dialog = { pbxId: queue.pbxId, about, onClose: () => setAct(null) }
  const moveUp = async (reason: string) => {
    await steeringApi.moveUp(queue.name, uniqueid, reason)
    return t('steering.done.move_up')
  }
  return (
    <>
      <MoreMenu label={t('steering.ofCaller', { position })}>
        <ActItem act="move_up" pbxId={queue.pbxId} onPick={setAct} />
        {!caller.isPlace && <ActItem act="send" pbxId={queue.pbxId} onPick={setAct} />}
      </MoreMenu>
      {act === 'move_up' && <ActDialog {...dialog} act="move_up" order={moveUp} />}
      {act === 'send' && <SendDialog {...dialog} queue={queue} uniqueid={uniqueid} />}
    </>
  )
}

interface SendDialogProps {
  queue: LiveQueue
  uniqueid: string
  pbxId: string
  about: string
  onClose: () => void
}

function SendDialog({ queue, uniqueid, ...dialog }: SendDialogProps) {
  const { t } = useTranslation()
  const [chosen, choose] = useState('')
  const directory = useQuery(queries.directory())
  const people = directory.data?.people ?? []
  const members = sendable(queue.members).flatMap((member) => {
    const person = people.find(({ extension }) => extension === member.extension)
    const label = `${member.displayName} · ${t(`memberState.${member.state}`)}`
    return person === undefined ? [] : [{ value: person.id, label }]
  })
  const staffId = members.some(({ value }) => value === chosen) ? chosen : members[0]?.value
  const order = async (reason: string) => {
    await steeringApi.send(queue.name, uniqueid, { staffId: staffId ?? '', reason })
    return t('steering.done.send')
  }
  const hasNobody = directory.isSuccess && members.length === 0
  return (
    <ActDialog {...dialog} act="send" isReady={staffId !== undefined} order={order}>
      <NativeSelect
        label={t('steering.to')}
        data={members}
        value={staffId ?? ''}
        disabled={members.length === 0}
        {...(hasNobody ? { error: t('steering.toNobody') } : {})}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </ActDialog>
  )
}
